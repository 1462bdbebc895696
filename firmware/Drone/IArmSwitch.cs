namespace NanoFormer.Drone
{
    /// <summary>Says whether the drone is armed.</summary>
    public interface IArmSwitch
    {
        /// <summary>True while the motors may run.</summary>
        bool IsArmed { get; }
    }
}
