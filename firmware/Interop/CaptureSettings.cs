namespace NanoFormer.Interop
{
    /// <summary>How a capture reads its sensor: the wiring, the sensor's registers and the size of a hop.</summary>
    public sealed class CaptureSettings
    {
        /// <summary>Whether the sensor is on SPI; if not, it is on I2C.</summary>
        public bool IsSpi { get; set; }

        /// <summary>Number of the bus as <c>I2cDevice</c> and <c>SpiDevice</c> count; the first is 1.</summary>
        public int Bus { get; set; } = 1;

        /// <summary>I2C: the sensor's address; SPI: the pin of its chip select.</summary>
        public int Address { get; set; }

        /// <summary>Bus clock in hertz.</summary>
        public int BusHertz { get; set; } = 400000;

        /// <summary>Pin that the sensor's interrupt output drives, active high.</summary>
        public int InterruptPin { get; set; }

        /// <summary>True: the interrupt says that the FIFO has filled to <see cref="BurstSamples"/>. False: that a sample is ready.</summary>
        public bool IsWatermark { get; set; }

        /// <summary>Bytes a sample takes on the bus; even.</summary>
        public int SampleBytes { get; set; }

        /// <summary>For each channel of the model, in its order, which big-endian 16-bit word of a sample it is.</summary>
        public byte[] ChannelWords { get; set; }

        /// <summary>First register of a burst.</summary>
        public int DataRegister { get; set; }

        /// <summary>Capacity of the sensor's FIFO in bytes; 0 when data registers are read, one sample a burst.</summary>
        public int FifoBytes { get; set; }

        /// <summary>With a FIFO: register of its 16-bit count of bytes.</summary>
        public int CountRegister { get; set; }

        /// <summary>With a FIFO: register that empties it when <see cref="FlushValue"/> is written.</summary>
        public int FlushRegister { get; set; }

        /// <summary>See <see cref="FlushRegister"/>; the FIFO must go on running after it.</summary>
        public int FlushValue { get; set; }

        /// <summary>Samples a burst brings; 1 without a FIFO.</summary>
        public int BurstSamples { get; set; } = 1;

        /// <summary>Samples after which a waiting thread is woken.</summary>
        public int HopSamples { get; set; }

        /// <summary>Shortest sample period in microseconds that the sensor's clock allows for.</summary>
        public int ShortestPeriodMicroseconds { get; set; }

        /// <summary>Longest sample period in microseconds that the sensor's clock allows for.</summary>
        public int LongestPeriodMicroseconds { get; set; }
    }
}
