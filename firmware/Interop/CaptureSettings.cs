namespace NanoFormer.Interop
{
    /// <summary>How a capture reads its sensor, and how it turns the samples into a model's windows.</summary>
    public sealed class CaptureSettings
    {
        /// <summary>Value of <see cref="BiasFirst"/> that removes no bias.</summary>
        public const int NoBias = -1;

        /// <summary>Value of <see cref="ModelPeriodNanoseconds"/> that keeps the sensor's own samples.</summary>
        public const int SensorRate = 0;

        /// <summary>Numbers that <see cref="ToNumbers"/> gives.</summary>
        internal const int Count = 30;

        /// <summary>Whether the sensor is on SPI; if not, it is on I2C.</summary>
        public bool IsSpi { get; set; }

        /// <summary>Number of the bus as <c>I2cDevice</c> and <c>SpiDevice</c> count; the first is 1.</summary>
        public int Bus { get; set; } = 1;

        /// <summary>I2C: the sensor's address; SPI: the pin of its chip select.</summary>
        public int Address { get; set; }

        /// <summary>Bus clock in hertz; an I2C bus keeps the clock it has.</summary>
        public int BusHertz { get; set; } = 400000;

        /// <summary>Pin that the sensor's interrupt output drives, active high; unused when <see cref="Trigger"/> is Timed.</summary>
        public int InterruptPin { get; set; }

        /// <summary>What asks for a burst.</summary>
        public CaptureTrigger Trigger { get; set; } = CaptureTrigger.Timed;

        /// <summary>Bytes that a sample takes on the bus, tags included.</summary>
        public int SampleBytes { get; set; }

        /// <summary>16-bit values of a sample, from its first byte on.</summary>
        public int ValueCount { get; set; }

        /// <summary>Whether the low byte of a value comes first.</summary>
        public bool IsLittleEndian { get; set; }

        /// <summary>First register of a burst.</summary>
        public int DataRegister { get; set; }

        /// <summary>Capacity of the sensor's FIFO in bytes; 0 when data registers are read, one sample per burst.</summary>
        public int FifoBytes { get; set; }

        /// <summary>With a FIFO: register of its 16-bit count.</summary>
        public int CountRegister { get; set; }

        /// <summary>Bits of the register that are the count; 0 for all.</summary>
        public int CountMask { get; set; }

        /// <summary>Bytes that one of the count stands for.</summary>
        public int CountUnit { get; set; } = 1;

        /// <summary>With a FIFO: register that empties it when <see cref="FlushValue"/> is written.</summary>
        public int FlushRegister { get; set; }

        /// <summary>See <see cref="FlushRegister"/>; the FIFO must go on running after it.</summary>
        public int FlushValue { get; set; }

        /// <summary>What is written to the same register after it, so that the FIFO runs on; 0 when it does by itself.</summary>
        public int RunValue { get; set; }

        /// <summary>Bytes of a word of the FIFO that begins with a tag, tag included; 0 when there are no tags.</summary>
        public int WordBytes { get; set; }

        /// <summary>Bits of a tag that say what the word holds.</summary>
        public int KindMask { get; set; }

        /// <summary>Bits of a tag that are the same in all words of a sample.</summary>
        public int TurnMask { get; set; }

        /// <summary>The tags of a sample's words, in the order in which their values are numbered; at most 4, null without tags.</summary>
        public int[] Kinds { get; set; }

        /// <summary>Samples of a burst: at most when timed, exactly with an interrupt, 1 without a FIFO.</summary>
        public int BurstSamples { get; set; } = 1;

        /// <summary>Timed: microseconds between two reads of the FIFO; 0 with an interrupt.</summary>
        public int PollMicroseconds { get; set; }

        /// <summary>Shortest sample period in microseconds that the sensor's clock allows for.</summary>
        public int ShortestPeriodMicroseconds { get; set; }

        /// <summary>Longest sample period in microseconds that the sensor's clock allows for.</summary>
        public int LongestPeriodMicroseconds { get; set; }

        /// <summary>Index of the first of a sample's three rotations, whose slow part is removed; or <see cref="NoBias"/>.</summary>
        public int BiasFirst { get; set; } = NoBias;

        /// <summary>Samples of a window, at the model's rate.</summary>
        public int WindowSamples { get; set; }

        /// <summary>Samples between the starts of two windows.</summary>
        public int HopSamples { get; set; }

        /// <summary>Nominal sample period of the sensor in nanoseconds.</summary>
        public int SensorPeriodNanoseconds { get; set; }

        /// <summary>Sample period of the model in nanoseconds, or <see cref="SensorRate"/>.</summary>
        public int ModelPeriodNanoseconds { get; set; }

        /// <summary>Per channel of the model: index of the value of a sample that feeds it.</summary>
        public int[] Sources { get; set; }

        /// <summary>Per channel of the model: model steps per sensor step, times 2^16.</summary>
        public int[] Factors { get; set; }

        /// <summary>Per channel of the model: deviation of a still window in model steps; 0 where a channel does not tell.</summary>
        public int[] StillLimits { get; set; }

        /// <summary>The settings as the native side takes them (native-interop/nanoframework, capture_settings.h).</summary>
        internal int[] ToNumbers()
        {
            return new int[]
            {
                IsSpi ? 1 : 0,
                Bus,
                Address,
                InterruptPin,
                BusHertz,
                (int)Trigger,
                SampleBytes,
                ValueCount,
                IsLittleEndian ? 1 : 0,
                DataRegister,
                FifoBytes,
                CountRegister,
                FlushRegister,
                FlushValue,
                BurstSamples,
                PollMicroseconds,
                ShortestPeriodMicroseconds,
                LongestPeriodMicroseconds,
                BiasFirst,
                WindowSamples,
                HopSamples,
                SensorPeriodNanoseconds,
                ModelPeriodNanoseconds,
                CountMask,
                CountUnit,
                RunValue,
                WordBytes,
                KindMask,
                TurnMask,
                KindsNumber(),
            };
        }

        private int KindsNumber()
        {
            int number = 0;
            for (int i = 0; Kinds != null && i < Kinds.Length; i++)
            {
                number |= Kinds[i] << (8 * i);
            }

            return number;
        }

        /// <summary>Per channel: source, factor, still limit.</summary>
        internal int[] ChannelNumbers()
        {
            int[] numbers = new int[3 * Sources.Length];
            for (int i = 0; i < Sources.Length; i++)
            {
                numbers[3 * i] = Sources[i];
                numbers[(3 * i) + 1] = Factors[i];
                numbers[(3 * i) + 2] = StillLimits[i];
            }

            return numbers;
        }
    }
}
