using static NanoFormer.Board.Mpu6050Registers;

namespace NanoFormer.Board;

/// <summary>What PWR_MGMT_1 and PWR_MGMT_2 together mean.</summary>
internal static class PowerRegisters
{
    /// <summary>The power mode of a plugged-in chip.</summary>
    public static SensorPowerMode Decode(byte power1, byte power2)
    {
        if ((power1 & PowerSleep) != 0 || (power1 & PowerClockMask) == ClockStopped)
        {
            return SensorPowerMode.Sleep;
        }

        if ((power1 & PowerCycle) != 0)
        {
            return SensorPowerMode.Cycle1Hz25 + (power2 >> 6);
        }

        if ((power2 & StandbyGyroAll) != StandbyGyroAll)
        {
            return SensorPowerMode.AccelAndGyro;
        }

        return (power2 & StandbyAccelAll) == StandbyAccelAll ? SensorPowerMode.Sleep : SensorPowerMode.AccelOnly;
    }
}
