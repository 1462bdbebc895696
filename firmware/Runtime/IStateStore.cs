namespace NanoFormer.Runtime
{
    /// <summary>A few hundred bytes that outlive a reboot and a deep sleep, such as a file in flash.</summary>
    public interface IStateStore
    {
        /// <summary>What was written last; null when there is nothing.</summary>
        byte[] Read();

        /// <summary>Keeps these bytes in place of those before; an interrupted write leaves the old ones or ones that are damaged.</summary>
        void Write(byte[] bytes);
    }
}
