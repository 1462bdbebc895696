namespace NanoFormer.Runtime
{
    /// <summary>Shows an instrument what the host is doing, beside the engine's own marker.</summary>
    public interface IPhaseMarker
    {
        /// <summary>The host goes into a state now.</summary>
        void Enter(PowerState state);
    }
}
