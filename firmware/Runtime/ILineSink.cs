namespace NanoFormer.Runtime
{
    /// <summary>Where log lines go. Must not throw: a log that fails is no reason to stop.</summary>
    public interface ILineSink
    {
        /// <summary>Takes one line of printable ASCII without its line end.</summary>
        void WriteLine(string line);
    }
}
