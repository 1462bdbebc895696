using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Which sensor value feeds which model channel, and by what factor.</summary>
    /// <remarks>
    /// A channel's unit tells the sensor (g, mg, m/s2: acceleration; rad/s, dps: rotation), the last letter of its name the axis.
    /// Scales are taken as integers with 40 fraction bits, in g and in radians per second.
    /// </remarks>
    public sealed class ChannelMap
    {
        private const int FirstRotation = 3;

        private const int FactorBits = 16;
        private const int ScaleBits = 40;
        private const long LargestStep = 256L << ScaleBits; // room for the unit conversions; no sensor is so coarse
        private const long OneScaled = 1L << ScaleBits;
        private const long MicroGPerMetre = 101972;       // 1e6 / 9.80665
        private const long NanoRadiansPerDegree = 17453293;

        private readonly long[] _steps;

        private ChannelMap(int channels)
        {
            ChannelCount = channels;
            Sources = new int[channels];
            Factors = new int[channels];
            _steps = new long[channels];
        }

        /// <summary>Channels of the model.</summary>
        public int ChannelCount { get; }

        /// <summary>[ChannelCount] what a channel is made of: 0..2 acceleration x y z, 3..5 rotation.</summary>
        public int[] Sources { get; }

        /// <summary>[ChannelCount] model steps per sensor step, times 2^16.</summary>
        public int[] Factors { get; }

        /// <summary>The map for a model, or null when a channel is none that the sensor measures or none is acceleration.</summary>
        public static ChannelMap ForModel(ModelInfo model, SensorScale scale)
        {
            var map = new ChannelMap(model.ChannelCount);
            bool hasAcceleration = false;
            for (int i = 0; i < model.ChannelCount; i++)
            {
                if (!map.Add(i, model, scale))
                {
                    return null;
                }

                hasAcceleration |= map.IsAcceleration(i);
            }

            return hasAcceleration ? map : null;
        }

        /// <summary>Whether a channel is acceleration.</summary>
        public bool IsAcceleration(int channel)
        {
            return Sources[channel] < FirstRotation;
        }

        /// <summary>[ChannelCount] index of the value in a sample of a sensor.</summary>
        public int[] SourcesIn(SensorFifo fifo)
        {
            int[] values = new int[ChannelCount];
            for (int i = 0; i < ChannelCount; i++)
            {
                values[i] = IsAcceleration(i) ? Sources[i] : Sources[i] - FirstRotation + fifo.FirstRotation;
            }

            return values;
        }

        /// <summary>Per channel: the deviation of a still window in model steps; 0 for rotations, which do not tell.</summary>
        /// <param name="milliG">Greatest standard deviation of a still window in thousandths of a g.</param>
        public int[] StillLimits(int milliG)
        {
            int[] limits = new int[ChannelCount];
            for (int i = 0; i < ChannelCount; i++)
            {
                if (IsAcceleration(i))
                {
                    long steps = milliG * OneScaled / 1000 / _steps[i];
                    limits[i] = steps < 1 ? 1 : (int)steps;
                }
            }

            return limits;
        }

        private bool Add(int channel, ModelInfo model, SensorScale scale)
        {
            string name = model.ChannelNames[channel];
            int axis = name.Length == 0 ? -1 : Axis(name[name.Length - 1]);
            long step = Step(model.ChannelScaleMantissas[channel], model.ChannelScaleShifts[channel]);
            bool isAcceleration;
            if (axis < 0 || !ToBaseUnit(model.ChannelUnits[channel], ref step, out isAcceleration) || step <= 0)
            {
                return false;
            }

            long sensorStep = isAcceleration
                ? Step(scale.AccelMantissa, scale.AccelShift)
                : Step(scale.GyroMantissa, scale.GyroShift);
            long factor = (sensorStep << FactorBits) / step;
            Sources[channel] = isAcceleration ? axis : axis + FirstRotation;
            Factors[channel] = (int)factor;
            _steps[channel] = step;
            return factor > 0 && factor <= int.MaxValue >> 8;
        }

        private static int Axis(char letter)
        {
            switch (letter)
            {
                case 'x': case 'X': return 0;
                case 'y': case 'Y': return 1;
                case 'z': case 'Z': return 2;
                default: return -1;
            }
        }

        // mantissa * 2^(shift - 31) with ScaleBits fraction bits; 0 when it does not fit.
        private static long Step(int mantissa, int shift)
        {
            int left = shift - 31 + ScaleBits;
            if (left < -30 || left > 30)
            {
                return 0;
            }

            long step = left >= 0 ? (long)mantissa << left : (long)mantissa >> -left;
            return step <= LargestStep ? step : 0;
        }

        private static bool ToBaseUnit(string unit, ref long step, out bool isAcceleration)
        {
            isAcceleration = true;
            switch (unit)
            {
                case "g":
                    return true;
                case "mg":
                    step /= 1000;
                    return true;
                case "m/s2":
                case "m/s^2":
                    step = step / 1000 * MicroGPerMetre / 1000;
                    return true;
                case "rad/s":
                    isAcceleration = false;
                    return true;
                case "dps":
                case "deg/s":
                    isAcceleration = false;
                    step = step / 1000 * NanoRadiansPerDegree / 1000000;
                    return true;
                default:
                    return false;
            }
        }
    }
}
