namespace NanoFormer.Runtime
{
    /// <summary>Tells from windows of acceleration whether the wearer has come to rest.</summary>
    /// <remarks>
    /// A window is still when the root of its summed variances over the acceleration channels is within a limit. Variance does
    /// not see gravity, so posture does not matter, and one knock weighs less than in a range.
    /// </remarks>
    public sealed class StillDetector
    {
        private readonly int[] _limits;
        private readonly bool[] _isAcceleration;
        private readonly int _windowsToRest;
        private int _stillWindows;

        /// <summary>Sets the detector up.</summary>
        /// <param name="map">Which channels are acceleration and how large their steps are.</param>
        /// <param name="deviationMilliG">Greatest standard deviation of a still window in thousandths of a g.</param>
        /// <param name="windowsToRest">Still windows in a row that count as rest, at least 1.</param>
        public StillDetector(ChannelMap map, int deviationMilliG, int windowsToRest)
        {
            _windowsToRest = windowsToRest;
            _limits = new int[map.ChannelCount];
            _isAcceleration = new bool[map.ChannelCount];
            for (int i = 0; i < map.ChannelCount; i++)
            {
                _isAcceleration[i] = map.IsAcceleration(i);
                _limits[i] = _isAcceleration[i] ? map.StepsOf(i, deviationMilliG) : 0;
            }
        }

        /// <summary>Whether the last window was still.</summary>
        public bool IsStill { get; private set; }

        /// <summary>Whether enough windows in a row were still.</summary>
        public bool IsAtRest
        {
            get { return _stillWindows >= _windowsToRest; }
        }

        /// <summary>Looks at a window, [samples][channels].</summary>
        public void Observe(short[] window)
        {
            IsStill = Moves(window) <= 1000;
            _stillWindows = IsStill ? _stillWindows + 1 : 0;
        }

        /// <summary>Starts counting anew, as after a sleep.</summary>
        public void Restart()
        {
            _stillWindows = 0;
        }

        // Sum over the channels of variance / limit^2, in thousandths, so that channels of different scale add up.
        private long Moves(short[] window)
        {
            long sum = 0;
            for (int i = 0; i < _limits.Length; i++)
            {
                if (_isAcceleration[i])
                {
                    sum += Thousandths(VarianceTimesSquare(window, i), Square(window.Length / _limits.Length, _limits[i]));
                }
            }

            return sum;
        }

        // samples^2 * variance = samples * sum(x^2) - sum(x)^2, exact in integers.
        private long VarianceTimesSquare(short[] window, int channel)
        {
            long sum = 0;
            long squares = 0;
            for (int i = channel; i < window.Length; i += _limits.Length)
            {
                int value = window[i];
                sum += value;
                squares += value * value;
            }

            return ((window.Length / _limits.Length) * squares) - (sum * sum);
        }

        // part * 1000 / whole, without the product where it would not fit: the longest windows at full scale.
        private static long Thousandths(long part, long whole)
        {
            return part < long.MaxValue / 1000 ? part * 1000 / whole : part / whole * 1000;
        }

        private static long Square(int samples, int limit)
        {
            long product = (long)samples * limit;
            return product * product;
        }
    }
}
