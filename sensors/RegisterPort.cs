namespace NanoFormer.Sensors
{
    /// <summary>Bytes and words behind a register bus, with results in the sensor's own terms.</summary>
    /// <remarks>
    /// A transfer that gets no acknowledge is begun again at once, because a register is read or written with the same result twice. On a
    /// noisy bus a sequence of many registers would never come to its end otherwise.
    /// </remarks>
    internal sealed class RegisterPort
    {
        // At an acknowledge missing in two of five, one read in thirty still fails.
        private const int Retries = 7;

        private readonly IRegisterBus _bus;
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _two = new byte[2];

        internal RegisterPort(IRegisterBus bus)
        {
            _bus = bus;
        }

        /// <summary>Transfers that were begun again, since the start.</summary>
        internal int Refusals { get; private set; }

        /// <summary>Reads an identity, 0..255: Ok, NoAcknowledge, or BusStuck when the transfer broke off.</summary>
        internal SensorStatus ReadIdentity(int register, out int value)
        {
            var result = ReadBurst(register, _one);
            value = _one[0];
            return result == BusResult.Broken ? SensorStatus.BusStuck : Result(result == BusResult.Ok);
        }

        /// <summary>Reads one byte, 0..255.</summary>
        internal SensorStatus ReadByte(int register, out int value)
        {
            var result = ReadBurst(register, _one);
            value = _one[0];
            return Result(result == BusResult.Ok);
        }

        /// <summary>Reads two bytes, high byte first, 0..65535.</summary>
        internal SensorStatus ReadWord(int register, out int value)
        {
            var result = ReadBurst(register, _two);
            value = (_two[0] << 8) | _two[1];
            return Result(result == BusResult.Ok);
        }

        /// <summary>Reads consecutive bytes.</summary>
        internal BusResult ReadBurst(int register, byte[] buffer)
        {
            var result = _bus.Read(register, buffer);
            for (int i = 0; i < Retries && result == BusResult.NoAcknowledge; i++)
            {
                Refusals++;
                result = _bus.Read(register, buffer);
            }

            return result;
        }

        /// <summary>Writes one byte; false when it was not acknowledged.</summary>
        internal bool Write(int register, int value)
        {
            var result = _bus.Write(register, value);
            for (int i = 0; i < Retries && result == BusResult.NoAcknowledge; i++)
            {
                Refusals++;
                result = _bus.Write(register, value);
            }

            return result == BusResult.Ok;
        }

        /// <summary>Ok or NoAcknowledge.</summary>
        internal static SensorStatus Result(bool ok)
        {
            return ok ? SensorStatus.Ok : SensorStatus.NoAcknowledge;
        }
    }
}
