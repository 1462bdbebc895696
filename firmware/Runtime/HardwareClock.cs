using System;
using System.Threading;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The runtime's tick counter, in steps of a millisecond; it does not jump when the date is set.</summary>
    public sealed class HardwareClock : IClock
    {
        private readonly long _start = Environment.TickCount64;

        /// <inheritdoc/>
        public long Microseconds
        {
            get { return (Environment.TickCount64 - _start) * 1000; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
