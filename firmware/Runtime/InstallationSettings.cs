namespace NanoFormer.Runtime
{
    /// <summary>How a device gets to know its installation; the numbers are those the model was trained with.</summary>
    public sealed class InstallationSettings
    {
        /// <summary>Samples of normal operation that show what is usual, at least <see cref="ChannelBaseline.FewestSamples"/>.</summary>
        public int BaselineSamples { get; set; } = 400;

        /// <summary>Samples that are averaged to one of the model's.</summary>
        public int BlockSamples { get; set; } = 1;

        /// <summary>
        /// Thousandths by which the highest score of the baseline is multiplied to be the limit of anomalies, where that lies above the
        /// model's alarm threshold; 0 for that threshold alone.
        /// </summary>
        public int LimitPermille { get; set; }

        /// <summary>
        /// When scores are a notice, a warning or an alarm: at first by the limit of anomalies, after 1,000 blocks of normal operation by this
        /// installation's own past.
        /// </summary>
        public AlarmRules Alarm { get; } = new AlarmRules { LearningWindows = 1000 };

        /// <summary>[channels] raw steps that the spread of every channel has at least; empty for none.</summary>
        public int[] SmallestSpreads { get; set; } = new int[0];
    }
}
