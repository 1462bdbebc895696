using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Describes the input of a device without a model: all six channels of the sensor, in the sensor's own steps.</summary>
    internal static class SensorFormat
    {
        private const int WindowSeconds = 2;
        private const int AccelMantissa = 1 << 30;   // 2^-13 g a step
        private const int AccelShift = -12;
        private const int GyroMantissa = 1171914384; // pi / 180 / 65.5 radians a second a step
        private const int GyroShift = -11;

        /// <summary>The description for a rate; its windows of 2 s serve to tell whether the sensor is still.</summary>
        internal static ModelInfo At(int rateMillihertz)
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
                new int[] { AccelMantissa, AccelMantissa, AccelMantissa, GyroMantissa, GyroMantissa, GyroMantissa },
                new int[] { AccelShift, AccelShift, AccelShift, GyroShift, GyroShift, GyroShift });
        }
    }
}
