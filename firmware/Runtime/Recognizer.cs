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
            _gate = new ConfidenceGate(threshold, settings.Voters);
            _alarm = new AlarmMonitor(_layout.AlarmScore, settings.AlarmWindows);
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
            _gate.Judge(_output, _layout.ClassCount);
            _record.Label = isMeasured ? LabelOf(_gate.Answer) : LogWord.Unknown;
            _record.RawLabel = LabelOf(_gate.Top);
            _record.Confidence = _gate.Confidence;
            _record.Score = _layout.ScoreOf(_output);
            _record.IsSmoothed = _gate.Answer != _gate.Own;
            _record.IsStill = capture.Facts.IsStill;
            _record.WindowStartMicroseconds = startMicroseconds;
            _log.Infer(_record);
            if (!isMeasured)
            {
                _gate.Restart();
                return;
            }

            if (_alarm.Observe(_record.Score))
            {
                _log.Alarm(_alarm.IsRaised, _record.Label, _record.Score, _layout.AlarmScore);
            }
        }

        /// <summary>Nothing to do: every window was answered at once.</summary>
        public void End(Capture capture)
        {
        }

        private string LabelOf(int index)
        {
            return index == ConfidenceGate.Unknown ? LogWord.Unknown : _transformer.Info.Labels[index];
        }
    }
}
