using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>What one may want to set on any of the applications.</summary>
    public class ApplicationSettings
    {
        /// <summary>Answers that vote for a model that does not remember by itself.</summary>
        public const int UsualVoters = 3;

        /// <summary>What started the device, for the boot record; a word without spaces.</summary>
        public string ResetCause { get; set; } = "start";

        /// <summary>
        /// Tells this device from others in the log's head; a word without spaces. Null for the chip's unique id, where the board can
        /// read it, else for none.
        /// </summary>
        public string DeviceId { get; set; }

        /// <summary>Collect training data instead of recognising; null to recognise.</summary>
        public CollectSettings Collect { get; set; }

        /// <summary>Run the model's test vectors at boot, and refuse to work on a difference.</summary>
        public bool SelfTestAtBoot { get; set; } = true;

        /// <summary>Sensor samples per second while capturing: 1000 / n.</summary>
        public int SensorRateHertz { get; set; } = 100;

        /// <summary>
        /// I2C address of the sensor: one higher when its address pin (AD0, SA0) is high, as where another device has the first address.
        /// </summary>
        public int SensorAddress { get; set; } = MotionSensors.I2cAddress;

        /// <summary>
        /// Use a sensor whose identity is not known, as far as it shares its registers with the known ones: it captures, but does not wake the
        /// device by motion. Look at its first answers closely.
        /// </summary>
        public bool AcceptUnknownSensor { get; set; }

        /// <summary>Answer unknown, and say so, while the sensor's values do not change or are impossible.</summary>
        public bool DetectFrozenSensor { get; set; } = true;

        /// <summary>Standard deviation of acceleration, in thousandths of a g, up to which a window is still.</summary>
        /// <remarks>In HAPT nine in ten windows of sitting, standing and lying stay below 42, walking is above 200.</remarks>
        public int StillDeviationMilliG { get; set; } = 40;

        /// <summary>Still windows in a row that count as rest.</summary>
        public int StillWindows { get; set; } = 4;

        /// <summary>Least probability of an answer in thousandths; below 0 the model's own suggestion holds.</summary>
        public int GateThresholdPermille { get; set; } = -1;

        /// <summary>Answers that vote; 1 does not smooth; 0 leaves it to the model, as <see cref="VotersFor"/> says.</summary>
        public int Voters { get; set; }

        /// <summary>When scores are an alarm, for a model that has them.</summary>
        public AlarmRules Alarm { get; } = new AlarmRules();

        /// <summary>Tries of a sensor operation that got no acknowledge before the sensor counts as lost.</summary>
        public int BusRetries { get; set; } = 4;

        /// <summary>Milliseconds before the first of these tries; doubles from one to the next.</summary>
        public int BusRetryMilliseconds { get; set; } = 10;

        /// <summary>Milliseconds before the second attempt to find a lost sensor again; doubles from one to the next.</summary>
        public int ReconnectMilliseconds { get; set; } = 500;

        /// <summary>Greatest pause between two attempts to find a lost sensor, in milliseconds.</summary>
        public int ReconnectMaximumMilliseconds { get; set; } = 60000;

        /// <summary>Pin that is high while managed code runs, for an instrument beside the engine's <c>Marker</c>; none unless it is named.</summary>
        public int ManagedPin { get; set; } = PhasePins.None;

        /// <summary>Pin that is high while the host waits for samples; none unless it is named.</summary>
        public int CapturePin { get; set; } = PhasePins.None;

        /// <summary>Log lines after which the head record is repeated.</summary>
        public int LinesBetweenHeads { get; set; } = 50;

        /// <summary>Answers that vote for a model: as set here, else as its image says, else one for a model that remembers by itself, and <see cref="UsualVoters"/> for any other.</summary>
        /// <remarks>A stream remembers, and so does what holds postures. A vote on top of it tells every change later: in HAPT that cost 2.5 % of the seconds.</remarks>
        public int VotersFor(ModelInfo model)
        {
            if (Voters != 0)
            {
                return Voters;
            }

            if (model.Voters != 0)
            {
                return model.Voters;
            }

            return model.StepSamples > 0 || model.Postures != 0 ? 1 : UsualVoters;
        }
    }
}
