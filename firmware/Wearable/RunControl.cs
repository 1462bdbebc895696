namespace NanoFormer.Wearable
{
    /// <summary>The wish to stop, shared by every loop that may take long.</summary>
    internal sealed class RunControl
    {
        /// <summary>True once someone asked to stop.</summary>
        internal bool IsStopped { get; set; }
    }
}
