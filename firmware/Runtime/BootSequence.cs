using System;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>What every application does first: restores a kept state or starts fresh, and refuses a model it cannot serve.</summary>
    public sealed class BootSequence
    {
        private const string DeepSleepReset = "deep_sleep";

        private readonly DeviceParts _parts;
        private readonly DeepSleep _deepSleep;

        /// <summary>Uses a device's parts.</summary>
        public BootSequence(DeviceParts parts, DeepSleep deepSleep)
        {
            _parts = parts;
            _deepSleep = deepSleep;
        }

        /// <summary>Which sensor value feeds which model channel; null before <see cref="Run"/> and after a refusal for its sake.</summary>
        public ChannelMap Map { get; private set; }

        /// <summary>Whether the program goes on after a deep sleep.</summary>
        public bool IsResumed { get; private set; }

        /// <summary>Boots; false when the model cannot be used.</summary>
        public bool Run()
        {
            IsResumed = _deepSleep.TryResume();
            string selfTest = IsResumed ? "skipped" : SelfTest();
            var status = IsResumed ? SensorStatus.Ok : _parts.Link.Try(_parts.Link.Connect, "identify");
            string reset = IsResumed ? DeepSleepReset : _parts.Settings.ResetCause;
            _parts.Log.Boot(reset, _parts.Sensor.LastId, _parts.Sensor.Kind, selfTest, _deepSleep.SleptMilliseconds);
            if (!Accepts(selfTest))
            {
                return false;
            }

            if (status != SensorStatus.Ok)
            {
                _parts.Link.Reconnect();
            }

            if (!_parts.Control.IsStopped && !_parts.Sensor.WatchesMotion)
            {
                _parts.Log.Error("no_motion_wake", "unknown_chip");
            }

            return true;
        }

        private bool Accepts(string selfTest)
        {
            var model = _parts.Model;
            Map = ChannelMap.ForModel(model, _parts.Sensor.Scale);
            if (Map == null)
            {
                return Refuse("unsupported_channels");
            }

            if (model.ValueBytes == 1)
            {
                return Refuse("unsupported_values");
            }

            if (_parts.Settings.Collect != null)
            {
                return true;
            }

            if (model.Labels.Length != model.OutputCount)
            {
                return Refuse("no_labels");
            }

            return selfTest != EngineStatus.NameOf(EngineStatus.SelfTestFailed) || Refuse(selfTest);
        }

        private bool Refuse(string code)
        {
            _parts.Log.Error(code, _parts.Model.ModelId);
            return false;
        }

        private string SelfTest()
        {
            if (!_parts.Settings.SelfTestAtBoot || _parts.Settings.Collect != null)
            {
                return "skipped";
            }

            try
            {
                _parts.Transformer.SelfTest();
                return "ok";
            }
            catch (Exception e)
            {
                return TransformerException.NameOf(e);
            }
        }
    }
}
