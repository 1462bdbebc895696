namespace NanoFormer.Interop
{
    /// <summary>
    /// Version of the native assembly that this one calls. On a board nanoCLR loads the assembly only when its firmware has this version,
    /// so that it is the engine's version too.
    /// </summary>
    public static class EngineVersion
    {
        /// <summary>As <c>engine</c> in the log's head.</summary>
        public const string Text = "1.2.0.0";
    }
}
