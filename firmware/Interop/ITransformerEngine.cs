#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>Something that runs a model image on .NET: the host library, an emulated core, the reference executor.</summary>
    public interface ITransformerEngine : IDisposable
    {
        /// <summary>The model.</summary>
        ModelInfo Info { get; }

        /// <summary>Runs one window, see <see cref="Transformer.Run"/>.</summary>
        void Run(short[] window, sbyte[] output);

        /// <summary>Runs the image's test vectors, see <see cref="Transformer.SelfTest"/>.</summary>
        void SelfTest();
    }
}
#endif
