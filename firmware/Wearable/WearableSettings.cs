using NanoFormer.Runtime;

namespace NanoFormer.Wearable
{
    /// <summary>Everything one may want to set on the wearable; the defaults suit a waist-worn device.</summary>
    public sealed class WearableSettings : ApplicationSettings
    {
        /// <summary>Test and calibrate the sensor at boot, at rest for 40 s, and start from the threshold that this proposes.</summary>
        public bool Calibrate { get; set; }

        /// <summary>Capture once at boot, until still: answers at once, and the offset is known before the first motion.</summary>
        public bool CaptureAtBoot { get; set; } = true;

        /// <summary>Power the host down between two wakes where the board can: its memory is lost, and it boots on every wake.</summary>
        public bool DeepSleep { get; set; }

        /// <summary>Motion threshold to start from, in register steps 1..255; it adapts in use.</summary>
        public int MotionThreshold { get; set; } = 20;

        /// <summary>Wakes without motion in a row after which the motion threshold rises.</summary>
        public int FalseWakesToRaise { get; set; } = 3;

        /// <summary>Milliseconds after which the device wakes by itself and looks.</summary>
        public int TimerWakeMilliseconds { get; set; } = 600000;

        /// <summary>
        /// Milliseconds between two looks at a sleeping sensor that trusts its pin: whether it still watches. A deep sleep is not broken for it.
        /// </summary>
        public int LookMilliseconds { get; set; } = 60000;

        /// <summary>Milliseconds between two looks at the sensor's motion flag when the interrupt pin cannot be trusted.</summary>
        public int PollMilliseconds { get; set; } = 1000;

        /// <summary>Wakes by the pin without a flag in the sensor after which the pin counts as stuck.</summary>
        public int SpuriousWakesToPoll { get; set; } = 3;
    }
}
