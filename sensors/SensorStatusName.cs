using System;

namespace NanoFormer.Sensors
{
    /// <summary>Names of <see cref="SensorStatus"/> for logs; nanoFramework prints enum values as numbers.</summary>
    public static class SensorStatusName
    {
        /// <summary>A stable lower-case name without spaces.</summary>
        public static string Of(SensorStatus status)
        {
            switch (status)
            {
                case SensorStatus.Ok: return "ok";
                case SensorStatus.NoAcknowledge: return "nack";
                case SensorStatus.UnknownChip: return "unknown_chip";
                case SensorStatus.FifoOverflow: return "overflow";
                case SensorStatus.FifoMisaligned: return "misaligned";
                case SensorStatus.SelfTestFailed: return "failed";
                case SensorStatus.NotSupported: return "unsupported";
                case SensorStatus.Stalled: return "stalled";
                case SensorStatus.PowerLost: return "power_lost";
                case SensorStatus.Frozen: return "frozen";
                case SensorStatus.BusStuck: return "bus_stuck";
                case SensorStatus.SharedAddress: return "shared_address";
                default: throw new ArgumentOutOfRangeException(nameof(status));
            }
        }
    }
}
