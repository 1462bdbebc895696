namespace NanoFormer.Runtime
{
    /// <summary>The wish to stop, shared by every loop that may take long.</summary>
    public sealed class RunControl
    {
        /// <summary>True once someone asked to stop.</summary>
        public bool IsStopped { get; set; }
    }
}
