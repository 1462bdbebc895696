using System;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Wearable
{
    /// <summary>Runs the model on a window, judges the answer and logs it.</summary>
    internal sealed class Recognizer
    {
        private const string UnknownLabel = "unknown";

        private readonly Transformer _transformer;
        private readonly ConfidenceGate _gate;
        private readonly IClock _clock;
        private readonly InferenceLog _log;
        private readonly sbyte[] _output;
        private readonly InferenceRecord _record = new InferenceRecord();

        internal Recognizer(Transformer transformer, WearableSettings settings, IClock clock, InferenceLog log)
        {
            ModelInfo model = transformer.Info;
            int threshold = settings.GateThresholdPermille >= 0 ? settings.GateThresholdPermille : model.GateThresholdPermille;
            _transformer = transformer;
            _gate = new ConfidenceGate(threshold, settings.Voters);
            _clock = clock;
            _log = log;
            _output = new sbyte[model.OutputCount];
        }

        /// <summary>Forgets earlier answers.</summary>
        internal void Restart()
        {
            _gate.Restart();
        }

        /// <summary>Runs the model; a failure is logged by its name.</summary>
        internal void Recognize(short[] window, long windowStartMicroseconds, bool still)
        {
            long started = _clock.Microseconds;
            try
            {
                _transformer.Run(window, _output);
            }
            catch (Exception e)
            {
                _log.Error(TransformerException.NameOf(e), "run");
                return;
            }

            _record.LatencyMicroseconds = _clock.Microseconds - started;
            _gate.Judge(_output);
            _record.Label = LabelOf(_gate.Answer);
            _record.RawLabel = LabelOf(_gate.Top);
            _record.Confidence = _gate.Confidence;
            _record.IsSmoothed = _gate.Answer != _gate.Own;
            _record.IsStill = still;
            _record.WindowStartMicroseconds = windowStartMicroseconds;
            _log.Infer(_record);
        }

        private string LabelOf(int index)
        {
            return index == ConfidenceGate.Unknown ? UnknownLabel : _transformer.Info.Labels[index];
        }
    }
}
