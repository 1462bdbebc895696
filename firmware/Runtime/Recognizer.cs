using System;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Runs the model on a window, judges the answer and the score, and logs them.</summary>
    internal sealed class Recognizer : ICaptureTask
    {
        private readonly Transformer _transformer;
        private readonly OutputLayout _layout;
        private readonly ConfidenceGate _gate;
        private readonly AlarmMonitor _alarm;
        private readonly KeptHistory _kept;
        private readonly IClock _clock;
        private readonly InferenceLog _log;
        private readonly sbyte[] _output;
        private readonly InferenceRecord _record = new InferenceRecord();

        /// <summary>Uses a device's model, log and settings.</summary>
        internal Recognizer(DeviceParts parts)
        {
            var model = parts.Model;
            var settings = parts.Settings;
            int threshold = settings.GateThresholdPermille >= 0 ? settings.GateThresholdPermille : model.GateThresholdPermille;
            _transformer = parts.Transformer;
            _layout = OutputLayout.Of(model);
            _gate = new ConfidenceGate(
                threshold,
                settings.VotersFor(model),
                model.Postures == 0 ? null : new PostureMemory(model.Postures, model.ClassCount));
            _alarm = parts.Alarms;
            _kept = new KeptHistory(_alarm, parts);
            _clock = parts.Clock;
            _log = parts.Log;
            _output = new sbyte[model.OutputCount];
        }

        /// <summary>Forgets earlier answers; an alarm stays.</summary>
        public void Begin()
        {
            _gate.Restart();
        }

        /// <summary>Runs the model; a failure is logged by its name. What was not measured is answered with unknown, votes for nothing and alarms nobody.</summary>
        public void TakeWindow(Capture capture, long startMicroseconds, bool isMeasured)
        {
            long started = _clock.Microseconds;
            try
            {
                _transformer.Run(capture, _output);
            }
            catch (Exception e)
            {
                _log.Error(TransformerException.NameOf(e), "run");
                return;
            }

            _record.LatencyMicroseconds = _clock.Microseconds - started;
            _gate.Judge(_output, _layout.ClassCount, PostureMemory.SeesMovement(_transformer.Info, capture.Facts.IsStill));
            _record.Label = isMeasured ? LabelOf(_gate.Answer) : LogWord.Unknown;
            _record.RawLabel = LabelOf(_gate.Top);
            _record.Confidence = _gate.Confidence;
            _record.Score = _layout.ScoreOf(_output);
            bool isChange = isMeasured && _alarm.Observe(_record.Score);
            _record.Rarity = isMeasured ? _alarm.Rarity : 0;
            _record.IsSmoothed = _gate.Answer != _gate.Own;
            _record.IsStill = capture.Facts.IsStill;
            _record.WindowStartMicroseconds = startMicroseconds;
            _log.Infer(_record);
            if (!isMeasured)
            {
                _gate.Restart();
                return;
            }

            _kept.Note();
            if (isChange)
            {
                _log.Alarm(_alarm, _record.Label, _record.Score);
            }
        }

        /// <summary>Every window was answered at once; what was learnt of them is kept.</summary>
        public void End(Capture capture)
        {
            _kept.Save();
        }

        private string LabelOf(int index)
        {
            return index == ConfidenceGate.Unknown ? LogWord.Unknown : _transformer.Info.Labels[index];
        }
    }
}
