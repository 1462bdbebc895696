using System;
using NanoFormer.Interop;

namespace NanoFormer.Mlperf
{
    /// <summary>A transformer as the model of a device under test: the input is a window of raw model steps, little-endian.</summary>
    public sealed class TransformerModel : IBenchmarkModel
    {
        private readonly Transformer _transformer;
        private readonly ModelInfo _info;
        private readonly short[] _window;
        private readonly sbyte[] _narrowWindow;
        private readonly sbyte[] _output;

        /// <summary>Binds a transformer, which the caller disposes of.</summary>
        /// <exception cref="ArgumentException">A window has more bytes than the protocol takes.</exception>
        public TransformerModel(Transformer transformer)
        {
            _transformer = transformer;
            _info = transformer.Info;
            int values = _info.WindowSamples * _info.ChannelCount;
            InputBytes = values * _info.ValueBytes;
            if (InputBytes > DeviceUnderTest.LargestInput)
            {
                throw new ArgumentException("window");
            }

            if (_info.ValueBytes == sizeof(short))
            {
                _window = new short[values];
            }
            else
            {
                _narrowWindow = new sbyte[values];
            }

            _output = new sbyte[_info.OutputCount];
        }

        /// <inheritdoc/>
        public string Id
        {
            get { return _info.ModelId; }
        }

        /// <inheritdoc/>
        public int InputBytes { get; }

        /// <summary>The classes; of a model without classes its scores. A host takes every result for a class.</summary>
        public int ResultCount
        {
            get { return _info.ClassCount > 0 ? _info.ClassCount : _info.OutputCount; }
        }

        /// <inheritdoc/>
        public void Run(byte[] input, sbyte[] results)
        {
            if (_window != null)
            {
                for (int i = 0; i < _window.Length; i++)
                {
                    _window[i] = (short)(input[2 * i] | (input[(2 * i) + 1] << 8));
                }

                _transformer.Run(_window, _output);
            }
            else
            {
                for (int i = 0; i < _narrowWindow.Length; i++)
                {
                    _narrowWindow[i] = (sbyte)input[i];
                }

                _transformer.Run(_narrowWindow, _output);
            }

            Array.Copy(_output, results, results.Length);
        }
    }
}
