namespace NanoFormer.Sensors
{
    /// <summary>A few bytes that outlive the host's deep sleep, kept in the sensor.</summary>
    /// <remarks>
    /// The sensor stays powered while the host has no memory. The addresses, registers and data of its auxiliary I2C master
    /// are plain read-write registers without any effect while that master is off, as it always is here: 15 bytes from
    /// I2C_SLV0_ADDR on and 4 from I2C_SLV0_DO on. A reset or a loss of power clears them, so what is kept needs a checksum.
    /// </remarks>
    internal sealed class Mpu6050Scratch
    {
        /// <summary>Bytes it holds.</summary>
        internal const int Size = FirstBytes + SecondBytes;

        private const int FirstBytes = 15;
        private const int SecondBytes = 4;

        private readonly RegisterPort _port;
        private readonly byte[] _first = new byte[FirstBytes];
        private readonly byte[] _second = new byte[SecondBytes];

        /// <summary>Uses the sensor's registers; touches none.</summary>
        internal Mpu6050Scratch(RegisterPort port)
        {
            _port = port;
        }

        /// <summary>Keeps the first <see cref="Size"/> bytes.</summary>
        internal SensorStatus Write(byte[] bytes)
        {
            for (int i = 0; i < Size; i++)
            {
                if (!_port.Write(AddressOf(i), bytes[i]))
                {
                    return SensorStatus.NoAcknowledge;
                }
            }

            return SensorStatus.Ok;
        }

        /// <summary>Fills the first <see cref="Size"/> bytes with what was kept, or with what a reset left.</summary>
        internal SensorStatus Read(byte[] bytes)
        {
            bool ok = _port.ReadBurst(AddressOf(0), _first) == BusResult.Ok
                && _port.ReadBurst(AddressOf(FirstBytes), _second) == BusResult.Ok;
            for (int i = 0; i < Size; i++)
            {
                bytes[i] = i < FirstBytes ? _first[i] : _second[i - FirstBytes];
            }

            return RegisterPort.Result(ok);
        }

        private static int AddressOf(int index)
        {
            return index < FirstBytes
                ? Mpu6050Registers.Slave0Address + index
                : Mpu6050Registers.Slave0Output + index - FirstBytes;
        }
    }
}
