using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The capture that every application shares: read, recognise windows or collect samples, bring lost ones back.</summary>
    public sealed class CaptureLoop
    {
        private readonly DeviceParts _parts;
        private readonly Mpu6050 _sensor;
        private readonly SensorLink _link;
        private readonly CapturePipeline _pipeline;
        private readonly StillDetector _still;
        private readonly ICaptureTask _task;
        private int _count;
        private long _coveredMicroseconds;
        private bool _lostContent;

        /// <summary>Sets the capture up for a device's model, or to collect if its settings say so.</summary>
        public CaptureLoop(DeviceParts parts, ChannelMap map)
        {
            _parts = parts;
            _sensor = parts.Sensor;
            _link = parts.Link;
            _pipeline = new CapturePipeline(parts.Model, map, parts.Settings.SensorRateHertz);
            _still = new StillDetector(map, parts.Settings.StillDeviationMilliG, parts.Settings.StillWindows);
            _task = TaskOf(parts);
        }

        /// <summary>Windows since <see cref="Start"/>.</summary>
        public int Windows { get; private set; }

        /// <summary>Whether the first window held motion.</summary>
        public bool MovedAtFirst { get; private set; }

        /// <summary>Whether any window did.</summary>
        public bool MovedAtAll { get; private set; }

        /// <summary>Whether enough windows in a row were still.</summary>
        public bool IsAtRest
        {
            get { return _still.IsAtRest; }
        }

        /// <summary>Bias of the rotation axes in sensor steps, [3].</summary>
        public int[] Bias
        {
            get { return _pipeline.Bias; }
            set { _pipeline.Bias = value; }
        }

        /// <summary>Starts capturing and logs the wake; false when someone asked to stop meanwhile.</summary>
        /// <param name="cause">Why the host is awake.</param>
        /// <param name="wokeMicroseconds">Clock time at which it woke.</param>
        /// <param name="threshold">Motion threshold in force, or <see cref="InferenceLog.NoThreshold"/>.</param>
        public bool Start(WakeCause cause, long wokeMicroseconds, int threshold)
        {
            if (!_link.Insist(_sensor.StartCapture, "capture"))
            {
                return false;
            }

            Windows = 0;
            MovedAtFirst = false;
            MovedAtAll = false;
            _still.Restart();
            Restart();
            LogWake(cause, wokeMicroseconds, threshold);
            return true;
        }

        /// <summary>Sleeps lightly while the FIFO fills, then reads it and passes the samples on.</summary>
        public void Step()
        {
            _parts.Pauses.Sleep(_sensor.SafeReadMilliseconds);
            SensorStatus status = _link.Try(ReadSamples, "read");
            if (status == SensorStatus.Ok && _count == 0)
            {
                // Long enough for many samples, and none came: the chip lost its settings, as when its power failed.
                status = SensorStatus.Stalled;
            }

            if (status != SensorStatus.Ok)
            {
                Recover(status);
                return;
            }

            NoteRead();
            _pipeline.Load(_count, _coveredMicroseconds);
            while (_pipeline.NextSample())
            {
                _task.TakeSample(_pipeline.Sample);
                if (_pipeline.IsWindowFull)
                {
                    TakeWindow();
                }
            }
        }

        /// <summary>Ends the capture: what is left of a recording is written.</summary>
        public void End()
        {
            _task.End();
        }

        private static ICaptureTask TaskOf(DeviceParts parts)
        {
            if (parts.Settings.Collect != null)
            {
                return new Collector(parts);
            }

            return new Recognizer(parts);
        }

        private void NoteRead()
        {
            _link.NoteHealthy();
            _lostContent = false;
            _coveredMicroseconds = _sensor.CountMicroseconds;
            if (_sensor.BurstRetries > 0)
            {
                _parts.Log.Error(SensorStatusName.Of(SensorStatus.NoAcknowledge), "burst", _sensor.BurstRetries);
            }
        }

        // Windows and votes start anew; the still windows in a row go on counting over a gap, or a flaky bus would keep the device awake.
        private void Restart()
        {
            _coveredMicroseconds = _sensor.CountMicroseconds;
            _pipeline.Restart(_coveredMicroseconds);
            _task.Begin();
        }

        private SensorStatus ReadSamples()
        {
            return _sensor.ReadSamples(_pipeline.Burst, out _count);
        }

        private void TakeWindow()
        {
            _still.Observe(_pipeline.Window);
            bool moved = !_still.IsStill;
            MovedAtFirst |= moved && Windows == 0;
            MovedAtAll |= moved;
            Windows++;
            _task.TakeWindow(_pipeline.Window, _pipeline.WindowStartMicroseconds, _still.IsStill);
            _pipeline.Advance(_still.IsStill);
        }

        // Brings the samples back and then logs how long they were away.
        private void Recover(SensorStatus status)
        {
            string cause = SensorStatusName.Of(_link.HadNoAcknowledge ? SensorStatus.NoAcknowledge : status);
            bool contentLost = status == SensorStatus.FifoOverflow || status == SensorStatus.FifoMisaligned;
            bool again = _lostContent;
            _lostContent = contentLost;
            _task.End();

            // Twice in a row, and it is not the content that is wrong but the sensor's settings.
            if (!contentLost || again || _link.Try(_sensor.RestartFifo, "restart_fifo") != SensorStatus.Ok)
            {
                _parts.Log.Error("sensor_reset", cause);
                _link.Reconnect();
                if (!_link.Insist(_sensor.StartCapture, "capture"))
                {
                    return;
                }
            }

            long gap = _sensor.CountMicroseconds - _coveredMicroseconds;
            _parts.Log.Gap(cause, gap * 1000 / _pipeline.PeriodNanoseconds, gap / 1000);
            Restart();
        }

        private void LogWake(WakeCause cause, long wokeMicroseconds, int threshold)
        {
            long latency = _coveredMicroseconds - wokeMicroseconds;
            int temperature;
            if (_sensor.ReadTemperature(out temperature) != SensorStatus.Ok)
            {
                temperature = InferenceLog.NoTemperature;
            }

            _parts.Log.Wake(cause, latency, threshold, temperature);
        }
    }
}
