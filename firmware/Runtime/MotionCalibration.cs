using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Tests a sensor at rest, measures its noise and offsets, and finds the motion threshold that suits this very part.</summary>
    /// <remarks>
    /// Sources disagree about the size of the threshold's step, so none of them is asked: the sensor watches for motion at rest with one
    /// threshold after the other, until the lowest is found at which it stays quiet for some seconds. Twice that is proposed. Takes about
    /// 40 s, and the sensor must be configured anew afterwards.
    /// </remarks>
    public sealed class MotionCalibration
    {
        private const int Highest = 255;
        private const int NoiseReads = 10;
        private const int TrialMilliseconds = 4000;

        private readonly DeviceParts _parts;
        private readonly RestNoise _noise = new RestNoise();
        private readonly Mpu6050SelfTest _selfTest;
        private readonly short[] _burst = new short[Mpu6050.FifoSamples * Mpu6050.ChannelCount];
        private int _count;
        private int _trial;
        private int _interrupts;

        /// <summary>Uses a device's parts.</summary>
        public MotionCalibration(DeviceParts parts)
        {
            _parts = parts;
            _selfTest = new Mpu6050SelfTest(parts.Bus, parts.Pauses);
        }

        /// <summary>The proposed motion threshold in register steps, 1..255.</summary>
        public int Threshold { get; private set; }

        /// <summary>Calibrates a connected sensor and logs what it finds; false when it was not at rest or did not answer.</summary>
        public bool Run()
        {
            SensorStatus tested = _parts.Link.Try(TestSensor, "self_test");
            LogTest(tested);
            if (tested == SensorStatus.NoAcknowledge || !MeasureNoise())
            {
                return false;
            }

            if (_noise.DeviationMicroG > _parts.Settings.StillDeviationMilliG * 1000)
            {
                return NotAtRest(_noise.DeviationMicroG / 1000);
            }

            int quiet = FindQuiet();
            if (quiet > Highest)
            {
                return NotAtRest(Highest);
            }

            Threshold = 2 * quiet < Highest ? 2 * quiet : Highest;
            LogResult(quiet);
            return true;
        }

        private bool MeasureNoise()
        {
            if (!_parts.Link.Insist(_parts.Sensor.StartCapture, "capture"))
            {
                return false;
            }

            for (int i = 0; i < NoiseReads; i++)
            {
                _parts.Pauses.Sleep(_parts.Sensor.SafeReadMilliseconds);
                if (_parts.Link.Try(ReadSamples, "read") != SensorStatus.Ok)
                {
                    return false;
                }

                _noise.Add(_burst, _count);
            }

            return true;
        }

        // Doubles until quiet, then halves the interval: at most 16 trials. Above Highest when none is quiet.
        private int FindQuiet()
        {
            int noisy = 0;
            int quiet = 1;
            while (!IsQuiet(quiet))
            {
                noisy = quiet;
                if (noisy == Highest)
                {
                    return Highest + 1;
                }

                quiet = 2 * noisy < Highest ? 2 * noisy : Highest;
            }

            while (quiet - noisy > 1)
            {
                int middle = (noisy + quiet) / 2;
                if (IsQuiet(middle))
                {
                    quiet = middle;
                }
                else
                {
                    noisy = middle;
                }
            }

            return quiet;
        }

        private bool IsQuiet(int threshold)
        {
            _trial = threshold;
            if (_parts.Link.Try(Watch, "sleep") != SensorStatus.Ok)
            {
                return false;
            }

            _parts.Pauses.Sleep(TrialMilliseconds);
            return _parts.Link.Try(ReadInterrupts, "read_wake") == SensorStatus.Ok
                && (_interrupts & Mpu6050Registers.MotionBit) == 0;
        }

        private SensorStatus TestSensor()
        {
            return _selfTest.Run(_parts.Sensor.Chip);
        }

        private SensorStatus ReadSamples()
        {
            return _parts.Sensor.ReadSamples(_burst, out _count);
        }

        private SensorStatus Watch()
        {
            return _parts.Sensor.SleepUntilMotion(_trial);
        }

        private SensorStatus ReadInterrupts()
        {
            return _parts.Sensor.ReadInterrupts(out _interrupts);
        }

        private bool NotAtRest(int value)
        {
            _parts.Log.Error("not_at_rest", "calibrate", value);
            return false;
        }

        private void LogTest(SensorStatus tested)
        {
            LogLineBuilder line = _parts.Log.Records.Line;
            _parts.Log.Records.Begin("sensor_test");
            line.Field("result", SensorStatusName.Of(tested));
            if (tested == SensorStatus.Ok || tested == SensorStatus.SelfTestFailed)
            {
                line.Field("worst_permille", _selfTest.WorstPermille);
            }

            _parts.Log.Records.End();
        }

        private void LogResult(int quiet)
        {
            int temperature;
            LogLineBuilder line = _parts.Log.Records.Line;
            _parts.Log.Records.Begin("calibrate");
            line.Field("noise_ug", _noise.DeviationMicroG);
            line.Field("gyro_x_mdps", _noise.RotationMilliDegrees(0));
            line.Field("gyro_y_mdps", _noise.RotationMilliDegrees(1));
            line.Field("gyro_z_mdps", _noise.RotationMilliDegrees(2));
            if (_parts.Sensor.ReadTemperature(out temperature) == SensorStatus.Ok)
            {
                line.Field("temp_cc", temperature);
            }

            line.Field("quiet", quiet);
            line.Field("threshold", Threshold);
            _parts.Log.Records.End();
        }
    }
}
