using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Describes the input of a device without a model: all six channels of the sensor, in the sensor's own steps.</summary>
    internal static class SensorFormat
    {
        private const int WindowSeconds = 2;

        /// <summary>The description for a rate; its windows of 2 s serve to tell whether the sensor is still.</summary>
        internal static ModelInfo At(int rateMillihertz, SensorScale scale)
        {
            int window = WindowSeconds * rateMillihertz / 1000;
            int[] numbers = new int[ModelNumbers.Count];
            numbers[ModelNumbers.RateMillihertz] = rateMillihertz;
            numbers[ModelNumbers.WindowSamples] = window;
            numbers[ModelNumbers.HopSamples] = window / 2;
            numbers[ModelNumbers.ChannelCount] = 6;
            numbers[ModelNumbers.ValueBytes] = 2;
            return new ModelInfo(
                "none",
                numbers,
                new string[0],
                new string[] { "acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z" },
                new string[] { "g", "g", "g", "rad/s", "rad/s", "rad/s" },
                new int[]
                {
                    scale.AccelMantissa, scale.AccelMantissa, scale.AccelMantissa,
                    scale.GyroMantissa, scale.GyroMantissa, scale.GyroMantissa,
                },
                new int[] { scale.AccelShift, scale.AccelShift, scale.AccelShift, scale.GyroShift, scale.GyroShift, scale.GyroShift });
        }
    }
}
