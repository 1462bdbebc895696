using System;

namespace NanoFormer.Sensors
{
    /// <summary>What a sensor at rest shows: the mean of each value and how much the acceleration scatters.</summary>
    public sealed class RestNoise
    {
        private const int AccelStepsPerG = 8192;
        private const double LargestMicroG = 10000000; // beyond the range of three axes
        private const int Axes = 3;

        private readonly long[] _sums = new long[Mpu6050.ChannelCount];
        private readonly long[] _squares = new long[Mpu6050.ChannelCount];

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

                return (int)Math.Clamp(Math.Sqrt(variance) * 1000000 / AccelStepsPerG, 0, LargestMicroG);
            }
        }

        /// <summary>Takes samples, [count][6].</summary>
        public void Add(short[] samples, int count)
        {
            for (int i = 0; i < count * Mpu6050.ChannelCount; i++)
            {
                int value = samples[i];
                _sums[i % Mpu6050.ChannelCount] += value;
                _squares[i % Mpu6050.ChannelCount] += value * value;
            }

            Count += count;
        }

        /// <summary>Mean rotation about an axis (0..2) in thousandths of a degree a second; 0 without samples.</summary>
        public int RotationMilliDegrees(int axis)
        {
            // 65.5 steps are a degree a second.
            return Count == 0 ? 0 : (int)(_sums[Axes + axis] * 2000 / 131 / Count);
        }
    }
}
