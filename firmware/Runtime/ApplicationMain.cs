using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Runs an application on a board until it ends.</summary>
    public delegate void ApplicationMain(BoardAccess board, Transformer transformer);
}
