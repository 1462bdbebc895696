namespace NanoFormer.Mlperf
{
    /// <summary>How a device is benchmarked.</summary>
    public sealed class BenchmarkSettings
    {
        /// <summary>What no setting has named yet.</summary>
        public const int BoardsOwn = -1;

        /// <summary>Bits per second; the runner's devices.yaml has 115200 for performance and accuracy, 9600 for energy.</summary>
        public int BaudRate { get; set; } = 115200;

        /// <summary>Whether time stamps are edges of the marker instead of text.</summary>
        public bool IsEnergyMode { get; set; }

        /// <summary>The marker's pin in energy mode; the board's free pin unless it is named.</summary>
        public int MarkerPin { get; set; } = BoardsOwn;

        /// <summary>The name that the device gives itself.</summary>
        public string Vendor { get; set; } = DeviceUnderTest.Vendor;
    }
}
