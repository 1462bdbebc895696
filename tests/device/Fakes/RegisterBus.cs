using System.Collections;
using NanoFormer.Sensors;

namespace NanoFormer.Device.Tests
{
    /// <summary>
    /// An MPU6050 as far as a bus sees it: 128 registers, a FIFO that the test fills, and failures on request. Register numbers are written
    /// out, not taken from the driver.
    /// </summary>
    internal sealed class RegisterBus : IRegisterBus
    {
        private const int FifoCount = 0x72;
        private const int FifoData = 0x74;

        private readonly Queue _fifo = new Queue();

        public RegisterBus()
        {
            Registers[0x75] = 0x68;
        }

        /// <inheritdoc/>
        public int Address
        {
            get { return 0x68; }
        }

        /// <summary>Content of the registers.</summary>
        public byte[] Registers { get; } = new byte[128];

        /// <summary>Register and value of every write, as register * 256 + value.</summary>
        public ArrayList Writes { get; } = new ArrayList();

        /// <summary>Reads of the FIFO's data to acknowledge before one is not; -1 for never.</summary>
        public int BurstsToFail { get; set; } = -1;

        /// <summary>How that read fails.</summary>
        public BusResult Failure { get; set; } = BusResult.NoAcknowledge;

        /// <summary>Bytes that it takes out of the FIFO all the same.</summary>
        public int BytesLost { get; set; }

        /// <summary>Whether anything is wired to the bus.</summary>
        public bool IsPresent { get; set; } = true;

        /// <summary>Puts samples of six equal values into the FIFO, counting up from a first one.</summary>
        public void Fill(int first, int count)
        {
            for (int i = 0; i < count * 6; i++)
            {
                int value = first + (i / 6);
                _fifo.Enqueue((byte)(value >> 8));
                _fifo.Enqueue((byte)value);
            }
        }

        public BusResult Write(int register, int value)
        {
            if (!IsPresent)
            {
                return BusResult.NoAcknowledge;
            }

            Registers[register] = (byte)value;
            Writes.Add((register * 256) + value);
            return BusResult.Ok;
        }

        public BusResult Read(int register, byte[] buffer)
        {
            if (!IsPresent)
            {
                return BusResult.NoAcknowledge;
            }

            if (register == FifoData)
            {
                return ReadFifo(buffer);
            }

            Registers[FifoCount] = (byte)(_fifo.Count >> 8);
            Registers[FifoCount + 1] = (byte)_fifo.Count;
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = Registers[register + i];
            }

            return BusResult.Ok;
        }

        private BusResult ReadFifo(byte[] buffer)
        {
            bool fails = BurstsToFail == 0;
            BurstsToFail = BurstsToFail < 0 ? -1 : BurstsToFail - 1;
            int bytes = fails ? BytesLost : buffer.Length;
            for (int i = 0; i < bytes; i++)
            {
                byte value = (byte)_fifo.Dequeue();
                if (!fails)
                {
                    buffer[i] = value;
                }
            }

            return fails ? Failure : BusResult.Ok;
        }
    }
}
