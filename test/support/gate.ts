/**
 * Holds something up inside an object until the test says go. A flag that is looked at, because a promise made in one
 * object's context can't be resolved from another's.
 */
export class Gate {
  private isOpen = false;

  open(): void {
    this.isOpen = true;
  }

  async passed(): Promise<void> {
    while (!this.isOpen) await scheduler.wait(1);
  }
}
