using System;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Writes the serial log: one line a record, as firmware/LOG-FORMAT.md describes.</summary>
    public sealed class InferenceLog
    {
        /// <summary>Stands for a temperature that could not be read.</summary>
        public const int NoTemperature = int.MinValue;

        /// <summary>Stands for a motion threshold where no motion is watched for.</summary>
        public const int NoThreshold = 0;

        private readonly RecordWriter _records;
        private readonly LogLineBuilder _line;
        private ModelInfo _model;

        /// <summary>Starts a log; its first record is a head.</summary>
        /// <param name="sink">Takes the lines.</param>
        /// <param name="clock">Gives <c>t_ms</c>.</param>
        /// <param name="firmware">Name and version of the firmware.</param>
        /// <param name="linesBetweenHeads">Number of other lines after which the head is repeated.</param>
        public InferenceLog(ILineSink sink, IClock clock, string firmware, int linesBetweenHeads)
        {
            _records = new RecordWriter(sink, clock, firmware, linesBetweenHeads);
            _line = _records.Line;
        }

        /// <summary>Number of the next record.</summary>
        public int Sequence
        {
            get { return _records.Sequence; }
        }

        /// <summary>Writes records whose fields another class knows.</summary>
        internal RecordWriter Records
        {
            get { return _records; }
        }

        /// <summary>Goes on counting from a number, as after a deep sleep.</summary>
        public void Resume(int sequence)
        {
            _records.Sequence = sequence;
        }

        /// <summary>Names the model in every head from now on, the next line being one.</summary>
        public void Describe(ModelInfo model)
        {
            _model = model;
            _records.Describe(model);
        }

        /// <summary>Names the device and the versions of nanoCLR and engine in every head from now on.</summary>
        /// <param name="deviceId">Its id; null when it has none.</param>
        public void Identify(string deviceId)
        {
            _records.Identify(deviceId);
        }

        /// <summary>The device started.</summary>
        /// <param name="reset">What started it.</param>
        /// <param name="sensorId">Content of the sensor's identity register, -1 when it did not answer.</param>
        /// <param name="sensor">genuine, clone, unknown or none.</param>
        /// <param name="selfTest">Result of the model's self-test: ok, skipped, or the name of the error.</param>
        /// <param name="sleptMilliseconds">Length of the deep sleep that ended with the start, -1 when there was none.</param>
        public void Boot(string reset, int sensorId, string sensor, string selfTest, long sleptMilliseconds)
        {
            _records.Begin("boot");
            _line.Field("reset", reset);
            if (sensorId >= 0)
            {
                _line.HexField("sensor_id", (uint)sensorId, 2);
            }

            _line.Field("sensor", sensor);
            _line.Field("self_test", selfTest);
            if (sleptMilliseconds >= 0)
            {
                _line.Field("slept_ms", sleptMilliseconds);
            }

            _records.End();
        }

        /// <summary>The device woke and captures.</summary>
        /// <param name="cause">Why.</param>
        /// <param name="latencyMicroseconds">From waking to the first moment of capture.</param>
        /// <param name="threshold">Motion threshold in register steps that was in force, or <see cref="NoThreshold"/>.</param>
        /// <param name="centiCelsius">Temperature of the sensor in hundredths of a degree, or <see cref="NoTemperature"/>.</param>
        public void Wake(WakeCause cause, long latencyMicroseconds, int threshold, int centiCelsius)
        {
            _records.Begin("wake");
            _line.Field("cause", NameOf(cause));
            _line.Field("latency_us", latencyMicroseconds);
            if (threshold != NoThreshold)
            {
                _line.Field("threshold", threshold);
            }

            if (centiCelsius != NoTemperature)
            {
                _line.Field("temp_cc", centiCelsius);
            }

            _records.End();
        }

        /// <summary>A window was recognised.</summary>
        public void Infer(InferenceRecord record)
        {
            _records.Begin(LogWord.Infer);
            _line.Field(LogWord.Label, record.Label);
            _line.Field(LogWord.Raw, record.RawLabel);
            _line.Field(LogWord.Confidence, record.Confidence);
            if (record.Score != OutputLayout.NoScore)
            {
                _line.Field(LogWord.Score, record.Score);
            }

            if (record.Rarity > 0)
            {
                _line.Field(LogWord.Rarity, record.Rarity);
            }

            _line.Field(LogWord.Smoothed, record.IsSmoothed ? 1 : 0);
            _line.Field(LogWord.Still, record.IsStill ? 1 : 0);
            _line.Field(LogWord.Latency, record.LatencyMicroseconds);
            _line.Field(LogWord.Arena, _model.ArenaBytes);
            _line.Field(LogWord.Start, record.WindowStartMicroseconds / 1000);
            _records.End();
        }

        /// <summary>The priority of the model's scores changed.</summary>
        /// <param name="monitor">Tells it.</param>
        /// <param name="label">The answer in force.</param>
        /// <param name="score">The score that decided, 0..255.</param>
        public void Alarm(AlarmMonitor monitor, string label, int score)
        {
            _records.Begin("alarm");
            _line.Field("state", monitor.IsRaised ? "raised" : "cleared");
            _line.Field("priority", NameOf(monitor.Priority));
            _line.Field("label", label);
            _line.Field("score", score);
            _line.Field("threshold", monitor.WarningLimit);
            _line.Field("learnt", monitor.History.Count);
            _records.End();
        }

        /// <summary>Samples are missing, and capture has resumed.</summary>
        /// <param name="cause">overflow, misaligned, nack, stalled.</param>
        /// <param name="lostSamples">Sensor samples that went missing.</param>
        /// <param name="milliseconds">Length of the gap.</param>
        /// <param name="startMilliseconds">Device time of the last good sample before it.</param>
        public void Gap(string cause, long lostSamples, long milliseconds, long startMilliseconds)
        {
            _records.Begin("gap");
            _line.Field("cause", cause);
            _line.Field("lost", lostSamples);
            _line.Field("ms", milliseconds);
            _line.Field("t0_ms", startMilliseconds);
            _records.End();
        }

        /// <summary>Something failed; the firmware goes on.</summary>
        public void Error(string code, string detail)
        {
            _records.Begin("error");
            _line.Field("code", code);
            _line.Field("detail", detail);
            _records.End();
        }

        /// <summary>Something failed, told by a number.</summary>
        public void Error(string code, string detail, long value)
        {
            _records.Begin("error");
            _line.Field("code", code);
            _line.Field("detail", detail);
            _line.Field("value", value);
            _records.End();
        }

        /// <summary>The device goes to sleep: milliseconds in each state since the last sleep record.</summary>
        public void Sleep(EnergyLedger ledger)
        {
            _records.Begin("sleep");
            _line.Field("run_ms", ledger.Milliseconds(PowerState.Run));
            _line.Field("capture_ms", ledger.Milliseconds(PowerState.Capture));
            _line.Field("sleep_ms", ledger.Milliseconds(PowerState.Sleep));
            if (ledger.Milliseconds(PowerState.DeepSleep) > 0)
            {
                _line.Field("deep_ms", ledger.Milliseconds(PowerState.DeepSleep));
            }

            _records.End();
            ledger.StartPeriod();
        }

        private static string NameOf(AlarmPriority priority)
        {
            switch (priority)
            {
                case AlarmPriority.None: return "none";
                case AlarmPriority.Notice: return "notice";
                case AlarmPriority.Warning: return "warning";
                default: return "alarm";
            }
        }

        private static string NameOf(WakeCause cause)
        {
            switch (cause)
            {
                case WakeCause.Motion: return "motion";
                case WakeCause.Poll: return "poll";
                case WakeCause.Timer: return "timer";
                case WakeCause.Armed: return "armed";
                case WakeCause.Boot: return "boot";
                case WakeCause.Reset: return "reset";
                default: throw new ArgumentOutOfRangeException(nameof(cause));
            }
        }
    }
}
