using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>A clock that can be put forward once, because it started again with the program while time went on.</summary>
    public sealed class ResumableClock : IClock
    {
        private readonly IClock _clock;
        private long _ahead;

        /// <summary>Shows another clock's time.</summary>
        public ResumableClock(IClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public long Microseconds
        {
            get { return _clock.Microseconds + _ahead; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            _clock.Sleep(milliseconds);
        }

        /// <summary>Says that it is at least this late; a clock that did not stop shows that by itself.</summary>
        public void PutForward(long microseconds)
        {
            if (Microseconds < microseconds)
            {
                _ahead = microseconds - _clock.Microseconds;
            }
        }
    }
}
