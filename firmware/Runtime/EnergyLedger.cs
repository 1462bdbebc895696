namespace NanoFormer.Runtime
{
    /// <summary>Counts the time spent in each power state.</summary>
    public sealed class EnergyLedger
    {
        private readonly long[] _microseconds = new long[4];
        private readonly IPhaseMarker _phases;
        private PowerState _state;
        private long _since;

        /// <summary>Starts in <see cref="PowerState.Run"/> at a time of the clock, in microseconds.</summary>
        /// <param name="microseconds">That time.</param>
        /// <param name="phases">Is told of every state; may be null.</param>
        public EnergyLedger(long microseconds, IPhaseMarker phases)
        {
            _since = microseconds;
            _phases = phases;
        }

        /// <summary>Leaves the present state for another (or the same) at a time of the clock.</summary>
        public void Enter(PowerState state, long microseconds)
        {
            _microseconds[(int)_state] += microseconds - _since;
            _since = microseconds;
            _state = state;
            if (_phases != null)
            {
                _phases.Enter(state);
            }
        }

        /// <summary>Goes on after a deep sleep that began at one time of the clock and ended at another, now.</summary>
        public void Resume(long fellAsleepMicroseconds, long microseconds)
        {
            _microseconds[(int)PowerState.DeepSleep] += microseconds - fellAsleepMicroseconds;
            _since = microseconds;
            _state = PowerState.Run;
        }

        /// <summary>Whole milliseconds spent in a state up to the last <see cref="Enter"/>.</summary>
        public long Milliseconds(PowerState state)
        {
            return _microseconds[(int)state] / 1000;
        }

        /// <summary>Takes the reported whole milliseconds off, so that no fraction is ever lost.</summary>
        public void StartPeriod()
        {
            for (int i = 0; i < _microseconds.Length; i++)
            {
                _microseconds[i] %= 1000;
            }
        }
    }
}
