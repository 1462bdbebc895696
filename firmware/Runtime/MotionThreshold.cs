namespace NanoFormer.Runtime
{
    /// <summary>Finds the sensor's motion threshold in use, because the size of its step is not known in advance.</summary>
    /// <remarks>
    /// Several wakes in a row after which nothing moved: the threshold is too low and rises by half. A timer wake that finds the
    /// wearer moving: motion went unnoticed, and the threshold falls by a quarter.
    /// </remarks>
    public sealed class MotionThreshold
    {
        private const int Lowest = 1;
        private const int Highest = 255;

        private readonly int _falseWakesToRaise;

        /// <summary>Starts at a value in register steps, 1..255.</summary>
        public MotionThreshold(int value, int falseWakesToRaise)
        {
            Value = value;
            _falseWakesToRaise = falseWakesToRaise;
        }

        /// <summary>The threshold in register steps, 1..255.</summary>
        public int Value { get; private set; }

        /// <summary>Wakes without motion in a row so far.</summary>
        public int FalseWakes { get; private set; }

        /// <summary>Goes on from a value and false wakes found before.</summary>
        public void Resume(int value, int falseWakes)
        {
            Value = value;
            FalseWakes = falseWakes;
        }

        /// <summary>The sensor reported motion; tells whether the windows after it held any. True when the threshold rose.</summary>
        public bool LearnFromMotionWake(bool moved)
        {
            FalseWakes = moved ? 0 : FalseWakes + 1;
            if (FalseWakes < _falseWakesToRaise || Value == Highest)
            {
                return false;
            }

            FalseWakes = 0;
            int raised = Value + (Value / 2) + 1;
            Value = raised > Highest ? Highest : raised;
            return true;
        }

        /// <summary>The timer woke the host; tells whether its first window held motion. True when the threshold fell.</summary>
        public bool LearnFromTimerWake(bool moved)
        {
            if (!moved || Value == Lowest)
            {
                return false;
            }

            int lowered = Value - (Value / 4) - 1;
            Value = lowered < Lowest ? Lowest : lowered;
            return true;
        }
    }
}
