namespace NanoFormer.Mlperf
{
    /// <summary>Where a device under test is: its line to the host, its clock and its marker.</summary>
    public interface IBenchmarkPort
    {
        /// <summary>Energy mode: a time stamp is an edge of the marker and no text.</summary>
        bool IsEnergyMode { get; }

        /// <summary>The device's time.</summary>
        long Microseconds { get; }

        /// <summary>Sends text to the host.</summary>
        void Write(byte[] bytes, int count);

        /// <summary>Makes a falling edge of the marker, which stays low for at least 50 us. For energy mode.</summary>
        void Edge();
    }
}
