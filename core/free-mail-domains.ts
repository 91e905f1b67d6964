/**
 * Domains under which anybody gets an address, so that two people there are not of one company. The large ones of each part of
 * the world: one that is missing makes strangers share a company's limit, which holds messages back and sends none too many.
 */
export const FREE_MAIL_DOMAINS: ReadonlySet<string> = new Set(
  [
    // Worldwide
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com windowslive.com",
    "yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com icloud.com me.com mac.com privaterelay.appleid.com",
    "proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me",
    "zohomail.com zoho.com zohomail.eu hey.com fastmail.com fastmail.fm fastmail.net hushmail.com hush.com mailfence.com",
    "startmail.com posteo.de posteo.net mailbox.org runbox.com duck.com disroot.org riseup.net skiff.com",
    "mail.com email.com usa.com post.com europe.com asia.com consultant.com engineer.com inbox.com lycos.com gawab.com",
    "gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.us gmx.fr gmx.es gmx.co.uk mozmail.com simplelogin.com anonaddy.me",
    // Microsoft's and Yahoo's by country
    "outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il outlook.co.nz outlook.co.th outlook.com.ar outlook.com.au",
    "outlook.com.br outlook.com.gr outlook.com.tr outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu",
    "outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.lv outlook.my outlook.ph outlook.pt outlook.sa",
    "outlook.sg outlook.sk hotmail.at hotmail.be hotmail.ca hotmail.ch hotmail.cl hotmail.co.il hotmail.co.jp",
    "hotmail.co.nz hotmail.co.th hotmail.co.uk hotmail.co.za hotmail.com.ar hotmail.com.au hotmail.com.br",
    "hotmail.com.mx hotmail.com.tr hotmail.cz hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr hotmail.gr",
    "hotmail.hu hotmail.it hotmail.nl hotmail.no hotmail.pl hotmail.pt hotmail.se hotmail.sg live.at live.be live.ca",
    "live.ch live.cl live.cn live.co.kr live.co.uk live.co.za live.com.ar live.com.au live.com.mx live.com.my",
    "live.com.pt live.com.sg live.de live.dk live.fi live.fr live.hk live.ie live.in live.it live.jp live.nl live.no",
    "live.ru live.se yahoo.at yahoo.be yahoo.ca yahoo.ch yahoo.cn yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr",
    "yahoo.co.nz yahoo.co.th yahoo.co.uk yahoo.co.za yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn yahoo.com.co",
    "yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.cz",
    "yahoo.de yahoo.dk yahoo.es yahoo.fi yahoo.fr yahoo.gr yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no",
    "yahoo.pl yahoo.pt yahoo.ro yahoo.se",
    // Germany, Austria, Switzerland, the Netherlands, Belgium
    "web.de t-online.de freenet.de arcor.de online.de 1und1.de mail.de email.de vodafone.de vodafonemail.de kabelmail.de",
    "aon.at chello.at a1.net inode.at utanet.at bluewin.ch hispeed.ch sunrise.ch swissonline.ch vtxmail.ch",
    "ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl casema.nl chello.nl upcmail.nl telfort.nl",
    "skynet.be telenet.be proximus.be scarlet.be voo.be",
    // France, Italy, Spain, Portugal
    "orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr numericable.fr club-internet.fr aliceadsl.fr",
    "libero.it virgilio.it alice.it tin.it tim.it tiscali.it fastwebnet.it inwind.it iol.it vodafone.it email.it",
    "telefonica.net ono.com terra.es movistar.es euskaltel.net sapo.pt clix.pt netcabo.pt mail.telepac.pt",
    // Britain, Ireland, the North
    "btinternet.com btopenworld.com virginmedia.com virgin.net sky.com talktalk.net tiscali.co.uk ntlworld.com",
    "blueyonder.co.uk plusnet.com plus.net o2.co.uk eircom.net telia.com bredband.net comhem.se spray.se",
    "online.no broadpark.no getmail.no mail.dk tdcadsl.dk stofanet.dk jubii.dk luukku.com suomi24.fi elisanet.fi",
    // The East
    "mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua",
    "wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm poczta.onet.pl tlen.pl gazeta.pl",
    "seznam.cz email.cz centrum.cz post.cz volny.cz atlas.cz azet.sk centrum.sk zoznam.sk freemail.hu citromail.hu",
    "t-online.hu abv.bg mail.bg dir.bg inbox.lv inbox.lt one.lv delfi.lv hot.ee mail.ee walla.com walla.co.il",
    // The Americas
    "comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net",
    "optonline.net optimum.net roadrunner.com rr.com frontier.com frontiernet.net windstream.net centurylink.net",
    "embarqmail.com q.com suddenlink.net mindspring.com prodigy.net ameritech.net pacbell.net cableone.net",
    "shaw.ca rogers.com sympatico.ca bell.net telus.net videotron.ca cogeco.ca eastlink.ca",
    "uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com oi.com.br prodigy.net.mx",
    // Asia and the Pacific
    "qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net vip.163.com sina.com sina.cn sohu.com 139.com 189.cn",
    "wo.cn aliyun.com tom.com 21cn.com naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp",
    "au.com softbank.ne.jp i.softbank.jp nifty.com ocn.ne.jp biglobe.ne.jp so-net.ne.jp excite.co.jp",
    "rediffmail.com rediff.com indiatimes.com sify.com in.com bigpond.com bigpond.net.au optusnet.com.au",
    "iinet.net.au tpg.com.au internode.on.net dodo.com.au xtra.co.nz slingshot.co.nz pchome.com.tw seed.net.tw",
    "hinet.net netvigator.com singnet.com.sg telkom.net webmail.co.za mweb.co.za telkomsa.net vodamail.co.za",
  ].flatMap((line) => line.split(" ")),
);
