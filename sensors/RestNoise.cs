using System;

namespace NanoFormer.Sensors
{
    /// <summary>What a sensor at rest shows: the mean of each value and how much the acceleration scatters.</summary>
    public sealed class RestNoise
    {
        private const double LargestMicroG = 10000000; // beyond the range of three axes
        private const double LargestMilliDegrees = 4000000; // twice the widest range of any gyroscope
        private const int Axes = 3;
        private const int Values = 2 * Axes;

        private readonly long[] _sums = new long[Values];
        private readonly long[] _squares = new long[Values];
        private readonly double _accelStep;
        private readonly double _gyroStep;

        /// <summary>Counts in steps of a scale.</summary>
        public RestNoise(SensorScale scale)
        {
            _accelStep = StepOf(scale.AccelMantissa, scale.AccelShift);
            _gyroStep = StepOf(scale.GyroMantissa, scale.GyroShift);
        }

        /// <summary>Samples seen.</summary>
        public int Count { get; private set; }

        /// <summary>Root of the summed variances of the three accelerations, in millionths of a g; 0 without samples.</summary>
        public int DeviationMicroG
        {
            get
            {
                if (Count == 0)
                {
                    return 0;
                }

                double variance = 0;
                for (int i = 0; i < Axes; i++)
                {
                    variance += (((double)_squares[i] * Count) - ((double)_sums[i] * _sums[i])) / ((double)Count * Count);
                }

                return (int)Math.Clamp(Math.Sqrt(variance) * 1000000 * _accelStep, 0, LargestMicroG);
            }
        }

        /// <summary>Takes samples, [count][6].</summary>
        public void Add(short[] samples, int count)
        {
            for (int i = 0; i < count * Values; i++)
            {
                int value = samples[i];
                _sums[i % Values] += value;
                _squares[i % Values] += value * value;
            }

            Count += count;
        }

        /// <summary>Mean rotation about an axis (0..2) in thousandths of a degree per second; 0 without samples.</summary>
        public int RotationMilliDegrees(int axis)
        {
            if (Count == 0)
            {
                return 0;
            }

            double milliDegrees = _sums[Axes + axis] * _gyroStep * 1000 * 180 / Math.PI / Count;
            return (int)Math.Clamp(Math.Round(milliDegrees), -LargestMilliDegrees, LargestMilliDegrees);
        }

        private static double StepOf(int mantissa, int shift)
        {
            return mantissa * Math.Pow(2, shift - 31);
        }
    }
}
