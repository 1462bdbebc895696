#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>Something that runs a model image on .NET: the host library, an emulated core, the reference executor.</summary>
    /// <remarks>Not all can run in slices or as a stream. <see cref="Transformer"/> describes the calls, and checks arguments.</remarks>
    [HostOnly]
    public interface ITransformerEngine : IDisposable
    {
        /// <summary>The model.</summary>
        ModelInfo Info { get; }

        /// <summary>Runs one window, see <see cref="Transformer.Run(short[], sbyte[])"/>.</summary>
        void Run(short[] window, sbyte[] output);

        /// <summary>Runs one window of a model that takes 8-bit values.</summary>
        void Run(sbyte[] window, sbyte[] output)
        {
            throw new NotSupportedException();
        }

        /// <summary>Begins a run in slices, see <see cref="Transformer.Begin(short[])"/>.</summary>
        void Begin(Array window)
        {
            throw new NotSupportedException();
        }

        /// <summary>Runs the next operators of a run in slices, see <see cref="Transformer.Continue"/>.</summary>
        int Continue(int operators, sbyte[] output)
        {
            throw new NotSupportedException();
        }

        /// <summary>Begins a stream, see <see cref="Transformer.BeginStream"/>.</summary>
        void BeginStream()
        {
            throw new NotSupportedException();
        }

        /// <summary>Takes samples of a stream, see <see cref="Transformer.Step(short[], int, int, sbyte[])"/>.</summary>
        int Step(Array samples, int offset, int count, sbyte[] output)
        {
            throw new NotSupportedException();
        }

        /// <summary>Runs the image's test vectors, see <see cref="Transformer.SelfTest"/>.</summary>
        void SelfTest();
    }
}
#endif
