namespace NanoFormer.Mlperf
{
    /// <summary>What is benchmarked.</summary>
    public interface IBenchmarkModel
    {
        /// <summary>Model id.</summary>
        string Id { get; }

        /// <summary>Bytes of an input, at most <see cref="DeviceUnderTest.LargestInput"/>.</summary>
        int InputBytes { get; }

        /// <summary>Values in a result.</summary>
        int ResultCount { get; }

        /// <summary>Runs an input.</summary>
        /// <param name="input">[at least InputBytes].</param>
        /// <param name="results">[ResultCount]; probability = (value + 128) / 256.</param>
        void Run(byte[] input, sbyte[] results);
    }
}
