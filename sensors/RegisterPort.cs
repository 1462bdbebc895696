namespace NanoFormer.Sensors
{
    /// <summary>Bytes and words behind a register bus, with results in the sensor's own terms.</summary>
    internal sealed class RegisterPort
    {
        private readonly IRegisterBus _bus;
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _two = new byte[2];

        internal RegisterPort(IRegisterBus bus)
        {
            _bus = bus;
        }

        /// <summary>Reads one byte, 0..255.</summary>
        internal SensorStatus ReadByte(int register, out int value)
        {
            BusResult result = _bus.Read(register, _one);
            value = _one[0];
            return Result(result == BusResult.Ok);
        }

        /// <summary>Reads two bytes, high byte first, 0..65535.</summary>
        internal SensorStatus ReadWord(int register, out int value)
        {
            BusResult result = _bus.Read(register, _two);
            value = (_two[0] << 8) | _two[1];
            return Result(result == BusResult.Ok);
        }

        /// <summary>Reads consecutive bytes.</summary>
        internal BusResult ReadBurst(int register, byte[] buffer)
        {
            return _bus.Read(register, buffer);
        }

        /// <summary>Writes one byte; false when it was not acknowledged.</summary>
        internal bool Write(int register, int value)
        {
            return _bus.Write(register, value) == BusResult.Ok;
        }

        /// <summary>Ok or NoAcknowledge.</summary>
        internal static SensorStatus Result(bool ok)
        {
            return ok ? SensorStatus.Ok : SensorStatus.NoAcknowledge;
        }
    }
}
