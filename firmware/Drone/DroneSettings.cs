using NanoFormer.Runtime;

namespace NanoFormer.Drone
{
    /// <summary>Everything one may want to set on the drone.</summary>
    public sealed class DroneSettings : ApplicationSettings
    {
        /// <summary>
        /// Samples at twice the usual model rate of 100 Hz, and one vote: a regime may be over before three windows. An alarm is told from this
        /// drone's own past after half an hour in the air.
        /// </summary>
        public DroneSettings()
        {
            SensorRateHertz = 200;
            Voters = 1;
            Alarm.LearningWindows = 1000;
        }

        /// <summary>Milliseconds between two looks at the switch while disarmed.</summary>
        public int DisarmedPollMilliseconds { get; set; } = 250;

        /// <summary>Milliseconds between two sleep records while armed.</summary>
        public int PeriodMilliseconds { get; set; } = 60000;
    }
}
