namespace NanoFormer.Sensors
{
    /// <summary>The chip's motion detection, which watches alone while everything else sleeps.</summary>
    internal sealed class Mpu6050MotionEngine
    {
        private const int SettleMilliseconds = 100;
        private const int DurationMilliseconds = 1;
        private const int ControlMpu6050 = 0x15;        // accelerometer on 1 ms earlier, motion counter decremented by 1
        private const int ControlDifference = 0xC0;     // intelligence on, compare with the previous sample
        private const int LowPowerRateMpu6500 = 0x04;   // 3.9 Hz, the nearest to 5 Hz
        private const int LowPowerDividerPerAxis = 199; // 1 kHz / 200
        private const int MotionPerAxisBits = 0xE0;

        private readonly RegisterPort _port;
        private readonly IClock _clock;

        internal Mpu6050MotionEngine(RegisterPort port, IClock clock)
        {
            _port = port;
            _clock = clock;
        }

        /// <summary>Arms the detection after the register map's sequence; see <see cref="Mpu6050.SleepUntilMotion"/>.</summary>
        internal SensorStatus Arm(int threshold, MotionDetection detection)
        {
            bool ok = _port.Write(Mpu6050Registers.PowerManagement1, 0)
                && _port.Write(Mpu6050Registers.PowerManagement2, Mpu6050Registers.GyrosOff)
                && _port.Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel4G)
                && _port.Write(Mpu6050Registers.Config, 0)
                && _port.Write(Mpu6050Registers.InterruptPinConfig, Mpu6050Registers.LatchBit)
                && _port.Write(Mpu6050Registers.InterruptEnable, MotionBits(detection))
                && SetEngine(threshold, detection);
            if (!ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(SettleMilliseconds);
            int stale;
            ok = (detection != MotionDetection.HighPass || Hold())
                && _port.ReadByte(Mpu6050Registers.InterruptStatus, out stale) == SensorStatus.Ok
                && _port.Write(Mpu6050Registers.PowerManagement2, Mpu6050Registers.Cycle5HzGyrosOff)
                && _port.Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.CycleBit);
            return RegisterPort.Result(ok);
        }

        /// <summary>Whether the chip still is as <see cref="Arm"/> left it; PowerLost when not.</summary>
        internal SensorStatus Check(int threshold, MotionDetection detection)
        {
            int power;
            int enabled;
            int kept;
            if (_port.ReadByte(Mpu6050Registers.PowerManagement1, out power) != SensorStatus.Ok
                || _port.ReadByte(Mpu6050Registers.InterruptEnable, out enabled) != SensorStatus.Ok
                || _port.ReadByte(ThresholdRegister(detection), out kept) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            return power == Mpu6050Registers.CycleBit && enabled == MotionBits(detection) && kept == threshold
                ? SensorStatus.Ok
                : SensorStatus.PowerLost;
        }

        /// <summary>Interrupts that tell of motion.</summary>
        internal static int MotionBits(MotionDetection detection)
        {
            return detection == MotionDetection.DifferencePerAxis ? MotionPerAxisBits : Mpu6050Registers.MotionBit;
        }

        private bool Hold()
        {
            return _port.Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel4G | Mpu6050Registers.HighPassHold);
        }

        private static int ThresholdRegister(MotionDetection detection)
        {
            return detection == MotionDetection.DifferencePerAxis
                ? Mpu6050Registers.MotionThresholdX
                : Mpu6050Registers.MotionThreshold;
        }

        private bool SetEngine(int threshold, MotionDetection detection)
        {
            switch (detection)
            {
                case MotionDetection.HighPass:
                    return _port.Write(Mpu6050Registers.MotionThreshold, threshold)
                        && _port.Write(Mpu6050Registers.MotionDuration, DurationMilliseconds)
                        && _port.Write(Mpu6050Registers.MotionControl, ControlMpu6050);
                case MotionDetection.Difference:
                    return _port.Write(Mpu6050Registers.MotionThreshold, threshold)
                        && _port.Write(Mpu6050Registers.MotionControl, ControlDifference)
                        && _port.Write(Mpu6050Registers.LowPowerAccelRate, LowPowerRateMpu6500);
                default:
                    return _port.Write(Mpu6050Registers.MotionThresholdX, threshold)
                        && _port.Write(Mpu6050Registers.MotionThresholdX + 1, threshold)
                        && _port.Write(Mpu6050Registers.MotionThresholdX + 2, threshold)
                        && _port.Write(Mpu6050Registers.MotionControl, ControlDifference)
                        && _port.Write(Mpu6050Registers.SampleRateDivider, LowPowerDividerPerAxis);
            }
        }
    }
}
