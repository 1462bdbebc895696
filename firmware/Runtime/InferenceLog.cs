using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Writes the serial log: one line a record, as firmware/LOG-FORMAT.md describes.</summary>
    public sealed class InferenceLog
    {
        /// <summary>Stands for a temperature that could not be read.</summary>
        public const int NoTemperature = int.MinValue;

        private const int Schema = 1;

        private readonly ILineSink _sink;
        private readonly IClock _clock;
        private readonly string _firmware;
        private readonly int _linesBetweenHeads;
        private readonly LogLineBuilder _line = new LogLineBuilder();
        private ModelInfo _model;
        private int _sequence;
        private int _linesSinceHead;

        /// <summary>Starts a log; its first record is a head.</summary>
        /// <param name="sink">Takes the lines.</param>
        /// <param name="clock">Gives <c>t_ms</c>.</param>
        /// <param name="firmware">Name and version of the firmware.</param>
        /// <param name="linesBetweenHeads">The head is repeated after so many other lines.</param>
        public InferenceLog(ILineSink sink, IClock clock, string firmware, int linesBetweenHeads)
        {
            _sink = sink;
            _clock = clock;
            _firmware = firmware;
            _linesBetweenHeads = linesBetweenHeads;
            _linesSinceHead = linesBetweenHeads;
        }

        /// <summary>Names the model in every head from now on, the next line being one.</summary>
        public void Describe(ModelInfo model)
        {
            _model = model;
            _linesSinceHead = _linesBetweenHeads;
        }

        /// <summary>The device started.</summary>
        /// <param name="reset">What started it.</param>
        /// <param name="sensorId">Content of the sensor's identity register, -1 when it did not answer.</param>
        /// <param name="sensor">genuine, clone, unknown or none.</param>
        /// <param name="selfTest">Result of the model's self-test: ok, skipped, or the name of the error.</param>
        public void Boot(string reset, int sensorId, string sensor, string selfTest)
        {
            Begin("boot");
            _line.Field("reset", reset);
            if (sensorId >= 0)
            {
                _line.HexField("sensor_id", (uint)sensorId, 2);
            }

            _line.Field("sensor", sensor);
            _line.Field("self_test", selfTest);
            End();
        }

        /// <summary>The device woke and captures.</summary>
        /// <param name="cause">motion, poll (motion found without the pin), timer or boot.</param>
        /// <param name="latencyMicroseconds">From waking to the first moment of capture.</param>
        /// <param name="threshold">Motion threshold in register steps that was in force.</param>
        /// <param name="centiCelsius">Temperature of the sensor in hundredths of a degree, or <see cref="NoTemperature"/>.</param>
        public void Wake(string cause, long latencyMicroseconds, int threshold, int centiCelsius)
        {
            Begin("wake");
            _line.Field("cause", cause);
            _line.Field("latency_us", latencyMicroseconds);
            _line.Field("threshold", threshold);
            if (centiCelsius != NoTemperature)
            {
                _line.Field("temp_cc", centiCelsius);
            }

            End();
        }

        /// <summary>A window was recognised.</summary>
        public void Infer(InferenceRecord record)
        {
            Begin("infer");
            _line.Field("label", record.Label);
            _line.Field("raw", record.RawLabel);
            _line.Field("conf", record.Confidence);
            _line.Field("smoothed", record.IsSmoothed ? 1 : 0);
            _line.Field("still", record.IsStill ? 1 : 0);
            _line.Field("latency_us", record.LatencyMicroseconds);
            _line.Field("arena", _model.ArenaBytes);
            _line.Field("t0_ms", record.WindowStartMicroseconds / 1000);
            End();
        }

        /// <summary>Samples are missing, and capture has resumed.</summary>
        /// <param name="cause">overflow, misaligned, nack, stalled.</param>
        /// <param name="lostSamples">Sensor samples that went missing.</param>
        /// <param name="milliseconds">Length of the gap.</param>
        public void Gap(string cause, long lostSamples, long milliseconds)
        {
            Begin("gap");
            _line.Field("cause", cause);
            _line.Field("lost", lostSamples);
            _line.Field("ms", milliseconds);
            End();
        }

        /// <summary>Something failed; the firmware goes on.</summary>
        public void Error(string code, string detail)
        {
            Begin("error");
            _line.Field("code", code);
            _line.Field("detail", detail);
            End();
        }

        /// <summary>Something failed, told by a number.</summary>
        public void Error(string code, string detail, long value)
        {
            Begin("error");
            _line.Field("code", code);
            _line.Field("detail", detail);
            _line.Field("value", value);
            End();
        }

        /// <summary>The device goes to sleep: milliseconds in each state since the last sleep record.</summary>
        public void Sleep(EnergyLedger ledger)
        {
            Begin("sleep");
            _line.Field("run_ms", ledger.Milliseconds(PowerState.Run));
            _line.Field("capture_ms", ledger.Milliseconds(PowerState.Capture));
            _line.Field("sleep_ms", ledger.Milliseconds(PowerState.Sleep));
            End();
            ledger.StartPeriod();
        }

        private void Begin(string kind)
        {
            if (_linesSinceHead >= _linesBetweenHeads)
            {
                _linesSinceHead = 0;
                Head();
            }

            _linesSinceHead++;
            BeginLine(kind);
        }

        private void Head()
        {
            BeginLine("head");
            _line.Field("schema", Schema);
            _line.Field("fw", _firmware);
            if (_model == null)
            {
                _line.Field("model", "none");
                End();
                return;
            }

            _line.Field("model", _model.ModelId);
            _line.HexField("model_crc", _model.Crc32, 8);
            _line.Field("image", _model.ImageBytes);
            _line.Field("arena", _model.ArenaBytes);
            _line.Field("window", _model.WindowSamples);
            _line.Field("hop", _model.HopSamples);
            _line.Field("rate_millihertz", _model.RateMillihertz);
            End();
        }

        private void BeginLine(string kind)
        {
            _line.Begin(kind);
            _line.Field("seq", _sequence);
            _line.Field("t_ms", _clock.Microseconds / 1000);
            _sequence++;
        }

        private void End()
        {
            _sink.WriteLine(_line.End());
        }
    }
}
