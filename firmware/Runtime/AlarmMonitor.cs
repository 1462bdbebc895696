namespace NanoFormer.Runtime
{
    /// <summary>Raises an alarm after n scores in a row at or above a threshold, and ends it after n below.</summary>
    public sealed class AlarmMonitor
    {
        private readonly int _threshold;
        private readonly int _windows;
        private int _contrary;

        /// <summary>Starts without an alarm.</summary>
        /// <param name="threshold">Least score of an alarm, 0..255, or <see cref="OutputLayout.NoScore"/> for never.</param>
        /// <param name="windows">Scores in a row that change the state, at least 1.</param>
        public AlarmMonitor(int threshold, int windows)
        {
            _threshold = threshold;
            _windows = windows;
        }

        /// <summary>Whether there is an alarm.</summary>
        public bool IsRaised { get; private set; }

        /// <summary>Takes a window's score; true when the state changed.</summary>
        public bool Observe(int score)
        {
            bool isHigh = _threshold != OutputLayout.NoScore && score >= _threshold;
            _contrary = isHigh == IsRaised ? 0 : _contrary + 1;
            if (_contrary < _windows)
            {
                return false;
            }

            _contrary = 0;
            IsRaised = isHigh;
            return true;
        }
    }
}
