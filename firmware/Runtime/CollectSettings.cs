namespace NanoFormer.Runtime
{
    /// <summary>What the samples are collected as.</summary>
    public sealed class CollectSettings
    {
        /// <summary>What the wearer or machine does meanwhile; empty for samples without a label.</summary>
        public string Label { get; set; } = "";

        /// <summary>The wearer or machine; empty when unknown.</summary>
        public string Subject { get; set; } = "";

        /// <summary>Samples per second in thousandths, where no model says which.</summary>
        /// <remarks>At most half the sensor's rate, or linear interpolation dulls the upper part of the band.</remarks>
        public int RateMillihertz { get; set; } = 50000;
    }
}
