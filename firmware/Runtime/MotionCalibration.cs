using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Tests a sensor at rest, measures its noise and offsets, and finds the motion threshold that suits this very part.</summary>
    /// <remarks>
    /// Sources disagree about the size of the threshold's step, so none of them is asked: the sensor watches for motion at rest with one
    /// threshold after the other, until the lowest is found at which it stays quiet for some seconds. Twice that is proposed. Takes about
    /// 40 s, and the sensor must be configured again afterwards.
    /// </remarks>
    public sealed class MotionCalibration
    {
        private const int NoiseSamples = 400;
        private const int PatienceMilliseconds = 3000;
        private const int TrialMilliseconds = 4000;

        private readonly DeviceParts _parts;
        private readonly IMotionSensor _sensor;
        private readonly RestNoise _noise;
        private readonly int _highest;
        private int _worstPermille;
        private int _trial;
        private bool _moved;

        /// <summary>Uses a device's parts.</summary>
        public MotionCalibration(DeviceParts parts)
        {
            _parts = parts;
            _sensor = parts.Sensor;
            _noise = new RestNoise(_sensor.Scale);
            _highest = _sensor.LargestThreshold;
        }

        /// <summary>The proposed motion threshold in register steps, 1..255.</summary>
        public int Threshold { get; private set; }

        /// <summary>Calibrates a connected sensor and logs what it finds; false when it was not at rest or did not answer.</summary>
        public bool Run()
        {
            var tested = _parts.Link.Try(TestSensor, "self_test");
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
            if (quiet > _highest)
            {
                return NotAtRest(_highest);
            }

            Threshold = 2 * quiet < _highest ? 2 * quiet : _highest;
            LogResult(quiet);
            return true;
        }

        // The sensor's own samples: neither resampled, nor is a bias removed.
        private bool MeasureNoise()
        {
            if (!_parts.Link.RetryUntilOk(_sensor.StartCapture, "capture"))
            {
                return false;
            }

            var fifo = _sensor.Fifo;
            var format = SensorFormat.At(1000 * fifo.RateHertz, _sensor.Scale);
            var map = ChannelMap.ForModel(format, _sensor.Scale);
            var settings = CapturePlan.For(fifo, format, map, _parts.Settings.StillDeviationMilliG);
            settings.BiasFirst = CaptureSettings.NoBias;
            settings.ModelPeriodNanoseconds = CaptureSettings.SensorRate;
            var capture = _parts.OpenCapture(settings);
            capture.Start();
            bool measured = AddSamples(capture, new short[format.WindowSamples * format.ChannelCount]);
            _parts.CloseCapture();
            return measured;
        }

        private bool AddSamples(Capture capture, short[] samples)
        {
            while (_noise.Count < NoiseSamples)
            {
                if (capture.Wait(PatienceMilliseconds) != CaptureEvent.Window)
                {
                    return false;
                }

                int fresh = capture.Facts.Fresh;
                capture.CopyWindow(capture.Facts.Held - fresh, samples, fresh);
                _noise.Add(samples, fresh);
            }

            return true;
        }

        // Doubles until quiet, then halves the interval: at most 16 trials. Above the highest when none is quiet.
        private int FindQuiet()
        {
            int noisy = 0;
            int quiet = 1;
            while (!IsQuiet(quiet))
            {
                noisy = quiet;
                if (noisy == _highest)
                {
                    return _highest + 1;
                }

                quiet = 2 * noisy < _highest ? 2 * noisy : _highest;
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
            return _parts.Link.Try(ReadMotion, "read_wake") == SensorStatus.Ok
                && !_moved;
        }

        private SensorStatus TestSensor()
        {
            return _sensor.SelfTest(out _worstPermille);
        }

        private SensorStatus Watch()
        {
            return _sensor.SleepUntilMotion(_trial);
        }

        private SensorStatus ReadMotion()
        {
            return _sensor.ReadMotion(out _moved);
        }

        private bool NotAtRest(int value)
        {
            _parts.Log.Error("not_at_rest", "calibrate", value);
            return false;
        }

        private void LogTest(SensorStatus tested)
        {
            var line = _parts.Log.Records.Line;
            _parts.Log.Records.Begin("sensor_test");
            line.Field("result", SensorStatusName.Of(tested));
            if (tested == SensorStatus.Ok || tested == SensorStatus.SelfTestFailed)
            {
                line.Field("worst_permille", _worstPermille);
            }

            _parts.Log.Records.End();
        }

        private void LogResult(int quiet)
        {
            int temperature;
            var line = _parts.Log.Records.Line;
            _parts.Log.Records.Begin("calibrate");
            line.Field("noise_ug", _noise.DeviationMicroG);
            line.Field("gyro_x_mdps", _noise.RotationMilliDegrees(0));
            line.Field("gyro_y_mdps", _noise.RotationMilliDegrees(1));
            line.Field("gyro_z_mdps", _noise.RotationMilliDegrees(2));
            if (_sensor.ReadTemperature(out temperature) == SensorStatus.Ok)
            {
                line.Field("temp_cc", temperature);
            }

            line.Field("quiet", quiet);
            line.Field("threshold", Threshold);
            _parts.Log.Records.End();
        }
    }
}
