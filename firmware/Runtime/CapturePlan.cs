using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The settings of a capture, from what a sensor says of its FIFO and a model of its input.</summary>
    public static class CapturePlan
    {
        // 16 samples of 12 bytes fit into the I2C buffer of every board.
        private const int BurstBytes = 192;

        /// <summary>Plans a capture.</summary>
        /// <param name="fifo">How the sensor is read.</param>
        /// <param name="model">The windows to make.</param>
        /// <param name="map">Which sensor value feeds which channel.</param>
        /// <param name="stillDeviationMilliG">Greatest standard deviation of a still window in thousandths of a g.</param>
        public static CaptureSettings For(SensorFifo fifo, ModelInfo model, ChannelMap map, int stillDeviationMilliG)
        {
            int period = 1000000 / fifo.RateHertz;
            return new CaptureSettings
            {
                Trigger = CaptureTrigger.Timed,
                SampleBytes = fifo.SampleBytes,
                ValueCount = fifo.Values,
                IsLittleEndian = fifo.IsLittleEndian,
                DataRegister = fifo.DataRegister,
                FifoBytes = fifo.Bytes,
                CountRegister = fifo.CountRegister,
                CountMask = fifo.CountMask,
                CountUnit = fifo.CountUnit,
                FlushRegister = fifo.FlushRegister,
                FlushValue = fifo.FlushValue,
                RunValue = fifo.RunValue,
                WordBytes = fifo.WordBytes,
                KindMask = fifo.KindMask,
                TurnMask = fifo.TurnMask,
                Kinds = fifo.Kinds,
                BurstSamples = BurstBytes / fifo.SampleBytes,
                PollMicroseconds = fifo.HalfFullMicroseconds,
                ShortestPeriodMicroseconds = period - (period * fifo.ClockTolerancePermille / 1000),
                LongestPeriodMicroseconds = period + (period * fifo.ClockTolerancePermille / 1000),
                BiasFirst = fifo.FirstRotation,
                WindowSamples = model.WindowSamples,
                HopSamples = model.HopSamples,
                SensorPeriodNanoseconds = 1000000000 / fifo.RateHertz,
                ModelPeriodNanoseconds = (int)(1000000000000L / model.RateMillihertz),
                Sources = map.SourcesIn(fifo),
                Factors = map.Factors,
                StillLimits = map.StillLimits(stillDeviationMilliG),
            };
        }
    }
}
