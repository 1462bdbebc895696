using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>What every record has: number, time, checksum, and a head before it when one is due.</summary>
    internal sealed class RecordWriter
    {
        private const int Schema = 1;

        private readonly ILineSink _sink;
        private readonly IClock _clock;
        private readonly string _firmware;
        private readonly int _linesBetweenHeads;
        private ModelInfo _model;
        private string _deviceId;
        private bool _namesVersions;
        private int _linesSinceHead;
        private string _kind;

        internal RecordWriter(ILineSink sink, IClock clock, string firmware, int linesBetweenHeads)
        {
            _sink = sink;
            _clock = clock;
            _firmware = firmware;
            _linesBetweenHeads = linesBetweenHeads;
            _linesSinceHead = linesBetweenHeads;
        }

        /// <summary>Takes the fields of the record between <see cref="Begin"/> and <see cref="End"/>.</summary>
        internal LogLineBuilder Line { get; } = new LogLineBuilder();

        /// <summary>Number of the next record.</summary>
        internal int Sequence { get; set; }

        /// <summary>Names the model in every head from now on, the next line being one.</summary>
        internal void Describe(ModelInfo model)
        {
            _model = model;
            _linesSinceHead = _linesBetweenHeads;
        }

        /// <summary>Names the device, when its id is known, and the versions of nanoCLR and engine in every head from now on.</summary>
        internal void Identify(string deviceId)
        {
            _deviceId = deviceId;
            _namesVersions = true;
        }

        /// <summary>Begins a record of a kind, after a head when one is due.</summary>
        internal void Begin(string kind)
        {
            if (_linesSinceHead >= _linesBetweenHeads)
            {
                _linesSinceHead = 0;
                Head();
            }

            _linesSinceHead++;
            BeginLine(kind);
        }

        /// <summary>Ends the record and sends it.</summary>
        internal void End()
        {
            int length = Line.End();
            if (length >= 0)
            {
                _sink.WriteLine(Line.Bytes, length);
                return;
            }

            string kind = _kind;
            BeginLine("error");
            Line.Field("code", "line_too_long");
            Line.Field("detail", kind);
            _sink.WriteLine(Line.Bytes, Line.End());
        }

        private void Head()
        {
            BeginLine("head");
            Line.Field("schema", Schema);
            Line.Field("fw", _firmware);
            if (_deviceId != null)
            {
                Line.Field("dev", _deviceId);
            }

            if (_namesVersions)
            {
                Line.Field("clr", RuntimeVersion.Text);
                Line.Field("engine", EngineVersion.Text);
            }

            if (_model == null)
            {
                Line.Field("model", "none");
                End();
                return;
            }

            Line.Field("model", _model.ModelId);
            Line.HexField("model_crc", _model.Crc32, 8);
            Line.Field("image", _model.ImageBytes);
            Line.Field("arena", _model.ArenaBytes);
            Line.Field("window", _model.WindowSamples);
            Line.Field("hop", _model.HopSamples);
            Line.Field("rate_millihertz", _model.RateMillihertz);
            End();
        }

        private void BeginLine(string kind)
        {
            _kind = kind;
            Line.Begin(kind);
            Line.Field(LogWord.Sequence, Sequence);
            Line.Field(LogWord.Time, _clock.Microseconds / 1000);
            Sequence++;
        }
    }
}
