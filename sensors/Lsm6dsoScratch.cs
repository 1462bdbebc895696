namespace NanoFormer.Sensors
{
    /// <summary>A few bytes that outlive the host's deep sleep, kept in the sensor.</summary>
    /// <remarks>
    /// The page that holds the programs of the finite state machines is plain memory while none of them is on, as here. A reset or a loss of
    /// power clears it, so what is kept needs a checksum.
    /// </remarks>
    internal sealed class Lsm6dsoScratch
    {
        /// <summary>Bytes it holds.</summary>
        internal const int Size = 19;

        private const int ProgramPage = 0x41; // page 4; bit 0 must be set

        private readonly RegisterPort _port;

        /// <summary>Uses the sensor's registers; touches none.</summary>
        internal Lsm6dsoScratch(RegisterPort port)
        {
            _port = port;
        }

        /// <summary>Keeps the first <see cref="Size"/> bytes.</summary>
        internal SensorStatus Write(byte[] bytes)
        {
            bool ok = Open(Lsm6dsoRegisters.PageWrite);
            for (int i = 0; i < Size && ok; i++)
            {
                ok = _port.Write(Lsm6dsoRegisters.PageAddress, i) && _port.Write(Lsm6dsoRegisters.PageValue, bytes[i]);
            }

            return RegisterPort.Result(Close() && ok);
        }

        /// <summary>Fills the first <see cref="Size"/> bytes with what was kept, or with what a reset left.</summary>
        internal SensorStatus Read(byte[] bytes)
        {
            bool ok = Open(Lsm6dsoRegisters.PageRead);
            for (int i = 0; i < Size && ok; i++)
            {
                int value;
                ok = _port.Write(Lsm6dsoRegisters.PageAddress, i)
                    && _port.ReadByte(Lsm6dsoRegisters.PageValue, out value) == SensorStatus.Ok
                    && Take(bytes, i, value);
            }

            return RegisterPort.Result(Close() && ok);
        }

        private static bool Take(byte[] bytes, int index, int value)
        {
            bytes[index] = (byte)value;
            return true;
        }

        private bool Open(int access)
        {
            return _port.Write(Lsm6dsoRegisters.BankAccess, Lsm6dsoRegisters.EmbeddedBank)
                && _port.Write(Lsm6dsoRegisters.PageAccess, access)
                && _port.Write(Lsm6dsoRegisters.PageSelect, ProgramPage);
        }

        // Whatever else failed: in the embedded bank all other registers would be wrong.
        private bool Close()
        {
            bool ok = _port.Write(Lsm6dsoRegisters.PageAccess, 0);
            return _port.Write(Lsm6dsoRegisters.BankAccess, 0) && ok;
        }
    }
}
