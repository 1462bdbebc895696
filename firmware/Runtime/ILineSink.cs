namespace NanoFormer.Runtime
{
    /// <summary>Where log lines go. Must not throw: a log that fails is no reason to stop.</summary>
    public interface ILineSink
    {
        /// <summary>Takes one line of printable ASCII with its line end; the array is the caller's to write again.</summary>
        void WriteLine(byte[] line, int count);
    }
}
