using System;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Wearable
{
    /// <summary>The wearable's main loop: sleep until motion, recognise until still, sleep again. firmware/README.md draws it.</summary>
    public sealed class WearableApplication
    {
        /// <summary>Name and version in the log's head.</summary>
        public const string Firmware = "nanoformer-wearable/0.1.0";

        private readonly Mpu6050 _sensor;
        private readonly IClock _clock;
        private readonly Transformer _transformer;
        private readonly WearableSettings _settings;
        private readonly RunControl _control = new RunControl();
        private readonly InferenceLog _log;
        private readonly EnergyLedger _ledger;
        private readonly LightSleep _pauses;
        private readonly SensorLink _link;
        private readonly WakeWatcher _watcher;
        private readonly Recognizer _recognizer;
        private CapturePipeline _pipeline;
        private StillDetector _still;
        private int _count;
        private long _coveredMicroseconds;
        private int _windows;
        private bool _movedAtFirst;
        private bool _movedAtAll;
        private bool _lostContent;

        /// <summary>Binds the parts; touches no hardware.</summary>
        public WearableApplication(
            IRegisterBus bus, IClock clock, IPower power, ILineSink sink, Transformer transformer, WearableSettings settings)
        {
            _clock = clock;
            _transformer = transformer;
            _settings = settings;
            _sensor = new Mpu6050(bus, clock, new Mpu6050Settings { SampleRateHertz = settings.SensorRateHertz });
            _log = new InferenceLog(sink, clock, Firmware, settings.LinesBetweenHeads);
            _log.Describe(transformer.Info);
            _ledger = new EnergyLedger(clock.Microseconds);
            _pauses = new LightSleep(clock, _ledger);
            _link = new SensorLink(_sensor, _pauses, _log, settings, _control);
            _watcher = new WakeWatcher(_sensor, _link, clock, _pauses, power, _log, _ledger, settings, _control);
            _recognizer = new Recognizer(transformer, settings, clock, _log);
        }

        /// <summary>Asks the loop to end at the next opportunity; may be called from the clock, the power or the sink.</summary>
        public void Stop()
        {
            _control.IsStopped = true;
        }

        /// <summary>Boots and goes through <paramref name="maxWakes"/> wakes (0: no limit), or until <see cref="Stop"/>.</summary>
        /// <returns>False when the model cannot be used: it fails its self-test or wants channels that the sensor has not.</returns>
        public bool Run(int maxWakes)
        {
            if (!Boot())
            {
                return false;
            }

            if (_settings.CaptureAtBoot)
            {
                Capture(WakeCause.Boot);
            }

            int wakes = 0;
            while (!_control.IsStopped && (maxWakes == 0 || wakes < maxWakes))
            {
                Step();
                wakes++;
            }

            LogPeriod();
            return true;
        }

        private bool Boot()
        {
            string selfTest = SelfTest();
            SensorStatus status = _link.Try(_link.Connect, "identify");
            _log.Boot(_settings.ResetCause, _sensor.LastId, SensorName(status), selfTest);
            ChannelMap map = ChannelMap.ForModel(_transformer.Info);
            if (map == null)
            {
                _log.Error("unsupported_channels", _transformer.Info.ModelId);
                return false;
            }

            if (_transformer.Info.Labels.Length != _transformer.Info.OutputCount)
            {
                _log.Error("no_labels", _transformer.Info.ModelId);
                return false;
            }

            if (selfTest == EngineStatus.NameOf(EngineStatus.SelfTestFailed))
            {
                _log.Error(selfTest, _transformer.Info.ModelId);
                return false;
            }

            _pipeline = new CapturePipeline(_transformer.Info, map, _settings.SensorRateHertz);
            _still = new StillDetector(map, _settings.StillDeviationMilliG, _settings.StillWindows);
            if (status != SensorStatus.Ok)
            {
                _link.Reconnect();
            }

            return true;
        }

        private string SelfTest()
        {
            if (!_settings.SelfTestAtBoot)
            {
                return "skipped";
            }

            try
            {
                _transformer.SelfTest();
                return "ok";
            }
            catch (Exception e)
            {
                return TransformerException.NameOf(e);
            }
        }

        private string SensorName(SensorStatus status)
        {
            if (status == SensorStatus.NoAcknowledge)
            {
                return "none";
            }

            if (status == SensorStatus.UnknownChip)
            {
                return "unknown";
            }

            return _sensor.Chip.IsClone ? "clone" : "genuine";
        }

        private void Step()
        {
            LogPeriod();
            WakeCause cause = _watcher.WaitForWake();
            if (cause != WakeCause.Stopped)
            {
                Capture(cause);
            }
        }

        // Recognises until the sensor is still, or someone asks to stop.
        private void Capture(WakeCause cause)
        {
            if (!StartCapture())
            {
                return;
            }

            LogWake(cause);
            int interval = _sensor.SafeReadMilliseconds;
            while (!_still.IsAtRest && !_control.IsStopped)
            {
                _pauses.Sleep(interval);
                ReadAndRecognize();
            }

            if (_still.IsAtRest)
            {
                _watcher.Learn(cause, _movedAtFirst, _movedAtAll);
            }
        }

        private bool StartCapture()
        {
            if (!_link.Insist(_sensor.StartCapture, "capture"))
            {
                return false;
            }

            _windows = 0;
            _movedAtFirst = false;
            _movedAtAll = false;
            _still.Restart();
            Restart();
            return true;
        }

        // Windows and votes start anew; the still windows in a row go on counting over a gap, or a flaky bus would keep the device awake.
        private void Restart()
        {
            _coveredMicroseconds = _sensor.CountMicroseconds;
            _pipeline.Restart(_coveredMicroseconds);
            _recognizer.Restart();
        }

        private void ReadAndRecognize()
        {
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

            _link.NoteHealthy();
            _lostContent = false;
            _coveredMicroseconds = _sensor.CountMicroseconds;
            _pipeline.Load(_count, _coveredMicroseconds);
            while (_pipeline.NextWindow())
            {
                Recognize();
            }
        }

        private SensorStatus ReadSamples()
        {
            return _sensor.ReadSamples(_pipeline.Burst, out _count);
        }

        private void Recognize()
        {
            _still.Observe(_pipeline.Window);
            bool moved = !_still.IsStill;
            _movedAtFirst |= moved && _windows == 0;
            _movedAtAll |= moved;
            _windows++;
            _recognizer.Recognize(_pipeline.Window, _pipeline.WindowStartMicroseconds, _still.IsStill);
            _pipeline.Advance(_still.IsStill);
        }

        // Brings the samples back and then logs how long they were away.
        private void Recover(SensorStatus status)
        {
            string cause = SensorStatusName.Of(_link.HadNoAcknowledge ? SensorStatus.NoAcknowledge : status);
            bool contentLost = status == SensorStatus.FifoOverflow || status == SensorStatus.FifoMisaligned;
            bool again = _lostContent;
            _lostContent = contentLost;

            // Twice in a row, and it is not the content that is wrong but the sensor's settings.
            if (!contentLost || again || _link.Try(_sensor.RestartFifo, "restart_fifo") != SensorStatus.Ok)
            {
                _log.Error("sensor_reset", cause);
                _link.Reconnect();
                if (!_link.Insist(_sensor.StartCapture, "capture"))
                {
                    return;
                }
            }

            long gap = _sensor.CountMicroseconds - _coveredMicroseconds;
            _log.Gap(cause, gap * 1000 / _pipeline.PeriodNanoseconds, gap / 1000);
            Restart();
        }

        private void LogWake(WakeCause cause)
        {
            long latency = _coveredMicroseconds - _watcher.WokeMicroseconds;
            int temperature;
            if (_sensor.ReadTemperature(out temperature) != SensorStatus.Ok)
            {
                temperature = InferenceLog.NoTemperature;
            }

            _log.Wake(NameOf(cause), latency, _watcher.Threshold, temperature);
        }

        private void LogPeriod()
        {
            _ledger.Enter(PowerState.Run, _clock.Microseconds);
            _log.Sleep(_ledger);
        }

        private static string NameOf(WakeCause cause)
        {
            switch (cause)
            {
                case WakeCause.Motion: return "motion";
                case WakeCause.Poll: return "poll";
                case WakeCause.Boot: return "boot";
                default: return "timer";
            }
        }
    }
}
