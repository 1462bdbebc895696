using NanoFormer.Runtime;

namespace NanoFormer.Industrial
{
    /// <summary>Everything one may want to set on the machine monitor.</summary>
    public sealed class IndustrialSettings : ApplicationSettings
    {
        /// <summary>
        /// A burst's windows vote together, and one alarming window in a burst of four is not an alarm. What is usual on this machine is known
        /// after 250 bursts, two days; it is written after every burst, because a deep sleep clears the memory.
        /// </summary>
        public IndustrialSettings()
        {
            Voters = 4;
            Alarm.LearningWindows = 1000;
            Alarm.WindowsBetweenWrites = 4;
        }

        /// <summary>Milliseconds from one burst's start to the next one's.</summary>
        public int IntervalMilliseconds { get; set; } = 600000;

        /// <summary>Windows in a burst.</summary>
        public int WindowsPerBurst { get; set; } = 4;

        /// <summary>Waits after which a burst ends even if its windows did not come, because there is no sensor.</summary>
        public int WaitsPerBurst { get; set; } = 16;

        /// <summary>Power the host down between two bursts where the board can: its memory is lost, and it boots for every burst.</summary>
        public bool DeepSleep { get; set; } = true;
    }
}
